# glmnet's path on the data of bench/run lasso: Rscript peer.R DIRECTORY TOLERANCE FITS LEAD
# Reads, fits and writes what peer.py does.
suppressPackageStartupMessages({
  library(Matrix)
  library(glmnet)
})
arguments <- commandArgs(trailingOnly = TRUE)
directory <- arguments[1]
tolerance <- as.numeric(arguments[2])
fits <- as.integer(arguments[3])
lead <- as.numeric(arguments[4])
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
# With more rows than columns products of columns are faster, beyond glmnet's own limit of 500 columns too.
type <- if (shape[1] > shape[2]) "covariance" else "naive"

# Its stopping rules by explained deviance would end the path before the last alpha.
glmnet.control(fdev = 0, devmax = 1)
timed <- function() {
  start <- proc.time()
  model <<- glmnet(x, y, lambda = alphas, standardize = FALSE, thresh = tolerance, maxit = 1e8, type.gaussian = type)
  took <- proc.time() - start
  c(took[["elapsed"]], took[["user.self"]] + took[["sys.self"]])
}
cat("ready\n")
flush(stdout())
begin <- proc.time()[["elapsed"]]
since <- function() proc.time()[["elapsed"]] - begin
rows <- list(timed())
cat("cold\n")
flush(stdout())
if (rows[[1]][1] < 20) {
  while (since() < lead) timed()
  begin <- proc.time()[["elapsed"]]
  while (length(rows) < fits && (length(rows) == 1 || since() < 20)) rows <- c(rows, list(timed()))
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
writeLines(vapply(rows, function(row) paste(format(row, digits = 15), collapse = " "), ""), place("seconds.txt"))
writeLines(paste(packageVersion("glmnet")), place("version.txt"))
