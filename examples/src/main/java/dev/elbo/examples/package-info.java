/** Short programs that show one thing each; the build compiles and runs them. */
@NullMarked
package dev.elbo.examples;

import org.jspecify.annotations.NullMarked;
