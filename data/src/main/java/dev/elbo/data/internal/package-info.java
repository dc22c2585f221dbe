/** What Elbo's own modules share. It promises nothing to anyone else. */
@NullMarked
package dev.elbo.data.internal;

import org.jspecify.annotations.NullMarked;
