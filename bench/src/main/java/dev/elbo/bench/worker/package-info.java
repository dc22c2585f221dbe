/**
 * What a contender's process needs: the nets and the operations that it is asked for, the arrays
 * that all contenders share, and the loop that answers the parent. Every contender, Elbo too, is a
 * process of its own, so that nobody's threads, memory or compiled code disturb another's.
 */
@NullMarked
package dev.elbo.bench.worker;

import org.jspecify.annotations.NullMarked;
