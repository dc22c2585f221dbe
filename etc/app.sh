# Sourced by elbo and bench/run: elbo_app NAME MODULE PROFILE SOURCE... sets `app` to a directory with the
# jars of MODULE, built from its sources whenever one of them is newer than the last build.
#
# A build writes to directories of its own, never where ./verify or another launch works, and is
# published by one rename; a program that is running keeps the jars that it started with.

elbo_app() {
  apps=$root/target/$1
  module=$2
  profile=$3
  shift 3
  elbo_current "$@" && return 0

  mkdir -p "$apps" || exit 2
  # One build at a time where there is a flock; elsewhere two builds at once are slower, no worse.
  if command -v flock >/dev/null; then
    exec 9>"$apps/lock"
    flock -n 9 || {
      echo "Another launch is building Elbo; waiting for it ..." >&2
      flock 9
    }
    elbo_current "$@" && exec 9>&- && return 0
  fi
  echo "Building Elbo (once, and again after its sources change; about half a minute, longer when" \
    "Maven has to download its plugins) ..." >&2
  . "$root/etc/maven.sh"
  build=$(date +%s)-$$
  trap elbo_sweep EXIT
  trap 'exit 130' INT TERM
  # Its time is the build's start: what changes from here on is newer.
  echo "$build" >"$apps/next-$build"
  (cd "$root" && mvn -q -B -ntp -P"$profile" -pl "$module" -am -Dmaven.test.skip=true \
    -Delbo.target="target/build-$build" package) >"$apps/log-$build" 2>&1 9>&- || {
    cat "$apps/log-$build" >&2
    echo "Building Elbo failed; the errors are above." >&2
    exit 1
  }
  app=$apps/app-$build
  built=$root/$module/target/build-$build
  mkdir "$app" && mv "$built"/*.jar "$built"/lib/*.jar "$app" || exit 1
  previous=
  [ ! -r "$apps/current" ] || read -r previous <"$apps/current"
  mv "$apps/next-$build" "$apps/current"
  for old in "$apps"/app-*; do
    [ "$old" = "$app" ] || [ "$old" = "$apps/app-$previous" ] || rm -rf "$old"
  done
  elbo_sweep
  trap - EXIT INT TERM
  exec 9>&-
}

# Removes what a build leaves behind, whether it ended well or not.
elbo_sweep() {
  rm -rf "$apps/next-$build" "$apps/log-$build" "$root"/target/build-"$build" "$root"/*/target/build-"$build" \
    "$root"/*/*/target/build-"$build"
}

# Sets `app` when there is a build that no source is newer than. Directories count: their time shows
# that a file has gone.
elbo_current() {
  [ -r "$apps/current" ] || return 1
  read -r build <"$apps/current"
  app=$apps/app-$build
  [ -d "$app" ] && [ -z "$(cd "$root" && find "$@" -newer "$apps/current" 2>/dev/null | head -n 1)" ]
}
