# glmnet's path on the data of bench/run lasso: Rscript peer.R DIRECTORY TOLERANCE FITS
# Reads, fits and writes what peer.py does.
suppressPackageStartupMessages({
  library(Matrix)
  library(glmnet)
})
arguments <- commandArgs(trailingOnly = TRUE)
directory <- arguments[1]
tolerance <- as.numeric(arguments[2])
fits <- as.integer(arguments[3])
place <- function(name) file.path(directory, name)
reals <- function(name) readBin(place(name), "double", file.size(place(name)) / 8, endian = "little")
integers <- function(name) readBin(place(name), "integer", file.size(place(name)) / 4, size = 4, endian = "little")

shape <- scan(place("shape.txt"), quiet = TRUE)
y <- reals("y.bin")
alphas <- reals("alphas.bin")
if (shape[3] == 1) {
  x <- new("dgCMatrix", i = integers("rows.bin"), p = integers("starts.bin"), x = reals("x.bin"),
           Dim = as.integer(shape[1:2]))
} else {
  x <- matrix(reals("x.bin"), shape[1], shape[2])
}

# Its stopping rules by explained deviance would end the path before the last alpha.
glmnet.control(fdev = 0, devmax = 1)
seconds <- c()
while (length(seconds) < fits && sum(seconds) < 60) {
  start <- Sys.time()
  model <- glmnet(x, y, lambda = alphas, standardize = FALSE, thresh = tolerance, maxit = 1e8)
  seconds <- c(seconds, as.numeric(Sys.time() - start, units = "secs"))
}

out <- file(place("path.bin"), "wb")
for (k in seq_along(model$lambda)) {
  column <- model$beta[, k]
  support <- which(column != 0)
  writeBin(length(support), out, size = 4, endian = "little")
  writeBin(as.integer(support - 1), out, size = 4, endian = "little")
  writeBin(as.numeric(column[support]), out, endian = "little")
}
close(out)
writeLines(format(seconds, digits = 17), place("seconds.txt"))
