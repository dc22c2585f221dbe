#!/usr/bin/Rscript
# Writes the golden values of the linear models that glmnet finds at its tightest thresholds: gaussian,
# binomial, poisson and several gaussian targets, with its own conventions (lambda, alpha, standardize,
# penalty.factor, limits). Run with Debian's r-cran-glmnet from the root: Rscript golden/linear_glmnet.R
# The form of the file is that of golden/cases.py.
suppressPackageStartupMessages(library(glmnet))
glmnet.control(fdev = 0, devmax = 1, mnlam = 1)

out <- file("linear/src/test/resources/golden/linear_glmnet.txt", "w")
put <- function(...) cat(..., "\n", sep = "", file = out)
number <- function(values) paste(format(values, digits = 17, trim = TRUE), collapse = " ")
put("# Written by golden/linear_glmnet.R with glmnet ", as.character(packageVersion("glmnet")), " on R ",
    as.character(getRversion()), "; golden/cases.py explains the format.")
array <- function(name, values) {
  shape <- if (is.matrix(values)) paste(dim(values), collapse = " ") else length(values)
  put("array ", name, " ", shape, " | ", number(if (is.matrix(values)) as.vector(t(values)) else values))
}

set.seed(1)
n <- 50
p <- 9
x <- matrix(rnorm(n * p), n, p)
x[, -1] <- x[, -1] + 0.5 * x[, -p]
x <- sweep(x, 2, seq(0.3, 3, length.out = p), "*") + 0.5
eta <- as.vector(scale(x) %*% c(1.2, 0, 0, -0.8, 0, 0, 0.5, 0, 0)) + 0.2
some <- runif(n, 0.2, 2)
targets <- list(
  gaussian = 4 * eta + rnorm(n) + 2,
  binomial = as.numeric(runif(n) < plogis(eta)),
  poisson = as.numeric(rpois(n, exp(eta / 2))),
  mgaussian = cbind(eta, -eta + x[, 2], x[, 5]) + 0.3 * matrix(rnorm(3 * n), n)
)
factors <- c(1, 0.5, 2, 1, 0, 1, 1, 3, 1)

fit <- function(family, lambda, alpha, intercept, standardize, weighted, factored, limited) {
  y <- targets[[family]]
  weights <- if (weighted) some else rep(1, n)
  factor <- if (factored) factors else rep(1, p)
  lower <- if (limited) -0.1 else -Inf
  upper <- if (limited) 0.3 else Inf
  # A path down to lambda, as glmnet asks for.
  path <- lambda * c(30, 10, 3, 1)
  limits <- if (family == "mgaussian") list() else list(lower.limits = lower, upper.limits = upper)
  model <- do.call(glmnet, c(list(x, y, family = family, lambda = path, alpha = alpha, intercept = intercept,
    standardize = standardize, weights = weights, penalty.factor = factor, thresh = 1e-22, maxit = 1e9), limits))
  several <- family == "mgaussian"
  put("case ", family, " lambda=", lambda, " alpha=", alpha, " intercept=", intercept, " standardize=", standardize,
      " weighted=", weighted, " factors=", factored, " limits=", limited)
  put("source glmnet::glmnet")
  settings <- list(family = family, lambda = lambda, mixing = alpha, intercept = tolower(intercept),
                   standardize = tolower(standardize), factors = tolower(factored), limits = tolower(limited))
  for (key in names(settings)) put("setting ", key, " ", settings[[key]])
  array("x", x)
  array("y", y)
  array("weights", weights)
  array("factors", factor)
  if (several) {
    array("coefficients", sapply(model$beta, function(own) own[, 4]))
    array("intercept", as.vector(model$a0[, 4]))
  } else {
    array("coefficients", as.vector(model$beta[, 4]))
    array("intercept", as.vector(model$a0[4]))
  }
}

for (intercept in c(TRUE, FALSE)) {
  for (standardize in c(TRUE, FALSE)) {
    for (weighted in c(FALSE, TRUE)) {
      for (alpha in c(1, 0.5)) {
        fit("gaussian", 0.3, alpha, intercept, standardize, weighted, FALSE, FALSE)
        fit("binomial", 0.05, alpha, intercept, standardize, weighted, FALSE, FALSE)
        fit("poisson", 0.1, alpha, intercept, standardize, weighted, FALSE, FALSE)
      }
    }
  }
}
for (family in c("gaussian", "binomial", "poisson")) {
  fit(family, 0.1, 0.7, TRUE, FALSE, TRUE, TRUE, FALSE)
  fit(family, 0.1, 0.7, TRUE, TRUE, TRUE, TRUE, FALSE)
  fit(family, 0.05, 0.7, TRUE, FALSE, FALSE, FALSE, TRUE)
}
for (alpha in c(1, 0.5)) fit("mgaussian", 0.2, alpha, TRUE, FALSE, FALSE, FALSE, FALSE)
close(out)
