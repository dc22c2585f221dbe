#!/usr/bin/Rscript
# Writes the golden values of the linear models that glmnet finds at its tightest thresholds: gaussian,
# binomial, poisson and several gaussian targets, with its own conventions (lambda, alpha, standardize,
# penalty.factor, limits). Run with Debian's r-cran-glmnet from the root: Rscript golden/linear_glmnet.R
# The form of the file is that of golden/cases.py; its first case has the data of the others.
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

put("case data")
put("source R's random numbers")
array("x", x)
for (family in names(targets)) array(family, targets[[family]])
array("weights", some)
array("factors", factors)

# A path down to lambda, as glmnet asks for. Limits are "none", "box" or "positive".
fit <- function(family, lambda, alpha, intercept, standardize, weighted, factored = FALSE, limits = "none") {
  several <- family == "mgaussian"
  bounds <- if (several) list() else list(
    lower.limits = switch(limits, none = -Inf, box = -0.1, positive = 0),
    upper.limits = if (limits == "box") 0.3 else Inf)
  model <- do.call(glmnet, c(list(x, targets[[family]], family = family, lambda = lambda * c(30, 10, 3, 1),
    alpha = alpha, intercept = intercept, standardize = standardize, weights = if (weighted) some else rep(1, n),
    penalty.factor = if (factored) factors else rep(1, p), thresh = 1e-22, maxit = 1e9), bounds))
  settings <- list(lambda = lambda, mixing = alpha, intercept = intercept, standardize = standardize,
                   weighted = weighted, factors = factored, limits = limits)
  put("case ", family, " ", paste0(names(settings), "=", settings, collapse = " "))
  put("source glmnet::glmnet")
  settings <- c(family = family, settings)
  for (key in names(settings)) put("setting ", key, " ", tolower(settings[[key]]))
  if (several) {
    array("coefficients", sapply(model$beta, function(own) own[, 4]))
    array("intercept", as.vector(model$a0[, 4]))
  } else {
    array("coefficients", as.vector(model$beta[, 4]))
    array("intercept", as.vector(model$a0[4]))
  }
}

either <- c(TRUE, FALSE)
for (intercept in either) for (weighted in either) for (alpha in c(1, 0.5, 0)) {
  for (standardize in either) {
    fit("gaussian", 0.3, alpha, intercept, standardize, weighted)
    fit("binomial", 0.05, alpha, intercept, standardize, weighted)
    fit("poisson", 0.1, alpha, intercept, standardize, weighted)
  }
  fit("gaussian", 0.3, alpha, intercept, FALSE, weighted, limits = "positive")
  fit("binomial", 0.05, alpha, intercept, FALSE, weighted, limits = "positive")
  fit("poisson", 0.1, alpha, intercept, FALSE, weighted, limits = "positive")
  fit("mgaussian", 0.2, alpha, intercept, FALSE, weighted)
}
for (family in c("gaussian", "binomial", "poisson")) {
  fit(family, 0.1, 0.7, TRUE, FALSE, TRUE, factored = TRUE)
  fit(family, 0.1, 0.7, TRUE, TRUE, TRUE, factored = TRUE)
  fit(family, 0.05, 0.7, TRUE, FALSE, FALSE, limits = "box")
}
close(out)
