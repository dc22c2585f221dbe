#!/usr/bin/Rscript
# Writes what glmnet's cv.glmnet finds at its tightest thresholds: lambdas, the deviance of each (mean over folds, and
# its standard error), lambda.min and lambda.1se, and the part that is classified wrong. Folds are of one size, so that
# the mean over folds is the mean over samples. Run with Debian's r-cran-glmnet from the root:
# Rscript golden/linear_cv_glmnet.R. The form of the file is that of golden/cases.py.
suppressPackageStartupMessages(library(glmnet))
glmnet.control(fdev = 0, devmax = 1, mnlam = 1)

out <- file("linear/src/test/resources/golden/linear_cv_glmnet.txt", "w")
put <- function(...) cat(..., "\n", sep = "", file = out)
number <- function(values) paste(format(values, digits = 17, trim = TRUE), collapse = " ")
put("# Written by golden/linear_cv_glmnet.R with glmnet ", as.character(packageVersion("glmnet")), " on R ",
    as.character(getRversion()), "; golden/cases.py explains the format.")
array <- function(name, values) {
  shape <- if (is.matrix(values)) paste(dim(values), collapse = " ") else length(values)
  put("array ", name, " ", shape, " | ", number(if (is.matrix(values)) as.vector(t(values)) else values))
}

set.seed(2)
n <- 120
p <- 12
x <- matrix(rnorm(n * p), n, p)
x[, -1] <- x[, -1] + 0.5 * x[, -p]
eta <- as.vector(x %*% c(1, 0, 0, -0.8, 0, 0.5, rep(0, 6))) + 0.3
targets <- list(
  binomial = as.numeric(runif(n) < plogis(eta)),
  poisson = as.numeric(rpois(n, exp(eta / 2))),
  gaussian = 2 * eta + rnorm(n)
)
folds <- sample(rep(1:5, n / 5))

for (family in names(targets)) {
  for (mixing in c(1, 0.5, 0)) {
    if (family == "gaussian" && mixing != 1) next
    y <- targets[[family]]
    # From well above the largest lambda of the lasso down.
    lambda <- 0.5 * 0.75^(0:14)
    run <- function(measure) {
      cv.glmnet(x, y, family = family, lambda = lambda, alpha = mixing, foldid = folds, type.measure = measure,
                standardize = FALSE, thresh = 1e-20, maxit = 1e9)
    }
    found <- run("deviance")
    whole <- glmnet(x, y, family = family, alpha = mixing, standardize = FALSE)
    put("case ", family, " mixing=", mixing)
    put("source glmnet::cv.glmnet")
    settings <- list(family = family, mixing = mixing)
    for (key in names(settings)) put("setting ", key, " ", settings[[key]])
    array("x", x)
    array("y", y)
    array("folds", folds)
    array("lambda", found$lambda)
    array("deviance", found$cvm)
    array("standardError", found$cvsd)
    array("nonZeros", found$nzero)
    array("least", found$lambda.min)
    array("oneStandardError", found$lambda.1se)
    # With these thresholds the path of binomial has one lambda, written as 9.9e35; of a mixing of 0 the grid begins
    # elsewhere.
    if (mixing > 0 && family != "binomial") array("largest", whole$lambda[1])
    if (family == "binomial") array("wrong", run("class")$cvm)
  }
}
close(out)
