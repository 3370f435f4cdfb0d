# Sourced by the scripts that call Bazel, so that they work in bare environments too: Bazel asks for a home folder
# (its cache) and a user's name, and a service or a container may have neither.
user_name="$(id -un 2>/dev/null)" || user_name="$(id -u)"
export USER="${USER:-$user_name}"
if [[ -z "${HOME:-}" || ! -w "$HOME" ]]; then
  export HOME="${TMPDIR:-/tmp}/narrdiff-home-$USER"
  mkdir -p "$HOME"
fi
