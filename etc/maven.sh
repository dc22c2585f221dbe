# Sourced by verify, elbo and bench/run after find-jdk.sh: what Maven itself needs.

if ! command -v mvn >/dev/null; then
  echo "Elbo is built by Apache Maven 3.8 or later, and there is no mvn on the PATH:" \
    "install it (your system's maven package, or https://maven.apache.org)." >&2
  exit 2
fi
# Maven's own libraries use sun.misc.Unsafe. The flag is unknown to Java 17, which reads .mvn/jvm.config
# too, so it stands here and not there.
export MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow"
