"""Makes a text file part of the program: a header with one constant."""

def embed_text(name, src, constant):
    """Defines a cc_library `name` whose header `name`.h holds `src` as `inline constexpr char narrdiff::CONSTANT[]`.

    Args:
      name: of the library and, with ".h", of its header.
      src: the text file.
      constant: the C++ name.
    """
    native.genrule(
        name = name + "_header",
        srcs = [src],
        outs = [name + ".h"],
        # A raw string literal may hold at most 64 KiB in some compilers; the files embedded so are far smaller.
        cmd = "{ echo '#pragma once'; echo 'namespace narrdiff {'; printf 'inline constexpr char %s[] = R\"TEXT(' " + constant +
              "; cat $<; echo ')TEXT\";'; echo '}  // namespace narrdiff'; } > $@",
        visibility = ["//visibility:private"],
    )
    native.cc_library(
        name = name,
        hdrs = [name + ".h"],
    )
