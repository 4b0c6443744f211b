# The Kaya model of kaya_test.go in vectorised numpy, in several ways, each timed. Reads the figures
# and the samples that the test wrote into the folder named on the command line, writes back the CO2
# of every sample and year, and prints a line for each way: its name and microseconds a sample.
import sys
import time

import numpy as np

S, C, Y = 12, 6, 11
folder = sys.argv[1]
read = lambda name: np.fromfile(f"{folder}/{name}.f64")
activity, intensity = read("activity").reshape(S, Y), read("intensity").reshape(S, Y)
factor, share = read("factor").reshape(C, Y), read("share").reshape(S, C, Y)
samples = read("samples").reshape(-1, 7 * S + C)
N = len(samples)
year = np.arange(Y)
covered = year / (Y - 1)

# The columns come sector by sector: growth, saving, then a shift to each carrier but the first.
by_sector = samples[:, : 7 * S].reshape(N, S, 7)
growth, saving = np.ascontiguousarray(by_sector[:, :, 0]), np.ascontiguousarray(by_sector[:, :, 1])
shift, change = np.ascontiguousarray(by_sector[:, :, 2:]), np.ascontiguousarray(samples[:, 7 * S :])


def net(shift):
    return np.concatenate([-shift.sum(2, keepdims=True), shift], axis=2) / 100


def power(base, rate):
    return base * (1 + rate / 100)[:, :, None] ** year


def product(base, rate):
    path = np.empty(rate.shape + (Y,))
    path[..., 0] = 1
    path[..., 1:] = (1 + rate / 100)[..., None]
    np.cumprod(path, axis=-1, out=path)
    path *= base
    return path


def plain(growth, saving, shift, change):
    """The identity as it is written, one array of sample x sector x carrier x year."""
    used = power(activity, growth) * power(intensity, saving)
    parts = share + net(shift)[:, :, :, None] * covered
    every = used[:, :, None, :] * parts * power(factor, change)[:, None, :, :]
    return every.sum((1, 2)), used.sum(1)


def contracted(growth, saving, shift, change):
    """The same with the sum over carriers by einsum."""
    used = power(activity, growth) * power(intensity, saving)
    parts = share + net(shift)[:, :, :, None] * covered
    mix = np.einsum("nscy,ncy->nsy", parts, power(factor, change))
    return (used * mix).sum(1), used.sum(1)


def rearranged(growth, saving, shift, change):
    """Running products for powers, and two matrix products in place of the large array."""
    used = product(activity, growth) * product(intensity, saving)
    rates = product(factor, change)
    each = np.ascontiguousarray(rates.transpose(2, 0, 1))
    mix = np.matmul(each, np.ascontiguousarray(share.transpose(2, 1, 0))).transpose(1, 2, 0)
    mix = mix + np.matmul(net(shift), rates * covered)
    return (used * mix).sum(1), used.sum(1)


def run(way, size):
    co2 = np.empty((N, Y))
    for i in range(0, N, size):
        piece = slice(i, i + size)
        co2[piece], _ = way(growth[piece], saving[piece], shift[piece], change[piece])
    return co2


for way in (plain, contracted, rearranged):
    for size in (64, 256, 1024, N):
        best = float("inf")
        for _ in range(5):
            start = time.perf_counter()
            co2 = run(way, size)
            best = min(best, time.perf_counter() - start)
        print(f"{way.__name__}/{size if size < N else 'all'} {best / N * 1e6:.3f}", flush=True)
co2.tofile(f"{folder}/co2.f64")
