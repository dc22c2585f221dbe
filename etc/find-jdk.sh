# Sourced by verify, elbo and bench/run: exports JAVA_HOME, a JDK of 25 or later.
# JAVA_HOME itself comes first, then the lowest version that will do among the JDKs found, because
# that is the one this build is tested with. What a JDK is, its own `release` file says.

elbo_jdk_needed=25

# The feature version of the JDK in directory $1, or nothing when there is none.
elbo_jdk_version() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

elbo_find_jdk() {
  version=$(elbo_jdk_version "${JAVA_HOME:-}")
  [ "${version:-0}" -lt "$elbo_jdk_needed" ] || return 0

  on_path=$(command -v javac) && on_path=$(readlink -f "$on_path") || on_path=
  on_mac=$(/usr/libexec/java_home -v "$elbo_jdk_needed+" 2>/dev/null) || on_mac=
  best=
  for candidate in "${on_path%/bin/javac}" /usr/lib/jvm/* "$on_mac" \
      "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/*; do
    version=$(elbo_jdk_version "$candidate")
    [ "${version:-0}" -ge "$elbo_jdk_needed" ] || continue
    if [ -z "$best" ] || [ "$version" -lt "$best" ]; then
      best=$version
      JAVA_HOME=$candidate
    fi
  done
  [ -n "$best" ] && return 0
  echo "Elbo needs a JDK of $elbo_jdk_needed or later and found none in JAVA_HOME, on the PATH or" \
    "under /usr/lib/jvm: install one (Eclipse Temurin $elbo_jdk_needed from https://adoptium.net, or" \
    "your system's openjdk-$elbo_jdk_needed-jdk), or set JAVA_HOME to where it is." >&2
  exit 2
}

elbo_find_jdk
export JAVA_HOME
