"""Makes a file of bytes part of the program: a header with one constant."""

def embed_bytes(name, src, constant):
    """Defines a cc_library `name` whose header declares `const char narrdiff::CONSTANT[]` and its size, CONSTANTSize.

    Args:
      name: of the library and, with ".h", of its header.
      src: the file.
      constant: the C++ name.
    """
    native.genrule(
        name = name + "_files",
        srcs = [src],
        outs = [name + ".h", name + ".cc"],
        # As a string of octal numbers, which compilers read faster than a list of numbers; in pieces, which they join. Its
        # end mark is why the array has one byte more than the file.
        cmd = "size=$$(wc -c < $(SRCS)) && " +
              "{ echo '#pragma once'; echo 'namespace narrdiff {'; " +
              "echo \"inline constexpr unsigned long " + constant + "Size = $$size;\"; " +
              "echo 'extern const char " + constant + "[];'; echo '}  // namespace narrdiff'; } > $(location " + name + ".h) && " +
              "{ echo '#include \"" + native.package_name() + "/" + name + ".h\"'; echo 'namespace narrdiff {'; " +
              "echo 'const char " + constant + "[] ='; " +
              "od -An -v -to1 -w64 $(SRCS) | sed 's/ /\\\\/g; s/^/\"/; s/$$/\"/'; echo ';'; " +
              "echo '}  // namespace narrdiff'; } > $(location " + name + ".cc)",
        visibility = ["//visibility:private"],
    )
    native.cc_library(
        name = name,
        srcs = [name + ".cc"],
        hdrs = [name + ".h"],
    )
