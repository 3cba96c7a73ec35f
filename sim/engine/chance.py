"""Luck without a generator: a draw is a pure function of whom it belongs to and what it is for.

Philox4x32-10 (J. K. Salmon, M. A. Moraes, R. O. Dror and D. E. Shaw, "Parallel random numbers: as
easy as 1, 2, 3", SC11, 2011) turns a key of two 32-bit words and a counter of four into four random
words. Here the key is (seed, replicate) and the counter (identity low, identity high, month,
purpose). So a draw depends on no thread, order or machine, and the same agent has the same luck in
the same month in every scenario.

A word w becomes the number (w + 0.5) / 2^32, which is never 0 and never 1.
"""

import hashlib
import math
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.engine import in_python, inlined, rule
from sim.engine.tables import Array
from sim.engine.watch import note_draw

Words = tuple[np.uint32, np.uint32, np.uint32, np.uint32]
ROUNDS: Final = 10
MULTIPLIERS: Final = (0xD2511F53, 0xCD9E8D57)
"""For the first and the third word of the counter (Random123)."""
KEY_STEPS: Final = (0x9E3779B9, 0xBB67AE85)
"""Added to the key after each round: fractions of the golden ratio and of sqrt(3), times 2^32."""
LOW: Final = 2**32 - 1
LONG: Final = 2**64 - 1
WORD: Final = 2.0**32

_M0, _M1 = np.uint64(MULTIPLIERS[0]), np.uint64(MULTIPLIERS[1])
_K0, _K1 = np.uint32(KEY_STEPS[0]), np.uint32(KEY_STEPS[1])
_32 = np.uint64(32)
_ROOT_HALF = math.sqrt(0.5)

# SplitMix64 (G. L. Steele, D. Lea and C. H. Flood, "Fast splittable pseudorandom number
# generators", OOPSLA 2014): its step and its finaliser, D. Stafford's mix 13.
STEP: Final = 0x9E3779B97F4A7C15
_STEP = np.uint64(STEP)
FACTORS: Final = (0xBF58476D1CE4E5B9, 0x94D049BB133111EB)
SHIFTS: Final = (30, 27, 31)
_F0, _F1 = np.uint64(FACTORS[0]), np.uint64(FACTORS[1])
_S0, _S1, _S2 = np.uint64(SHIFTS[0]), np.uint64(SHIFTS[1]), np.uint64(SHIFTS[2])
NAMESPACE_AT: Final = 56
"""Bit at which the namespace of an identity begins."""
_NAMESPACE_AT, _HASHED = np.uint64(NAMESPACE_AT), np.uint64(2**NAMESPACE_AT - 1)


def philox_plain(key: tuple[int, int], counter: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the same four words as ``philox``, in plain Python: nothing is compiled.

    Args:
        key: two words.
        counter: four words, or four arrays of words (uint64) of as many counters.
    """
    (key0, key1), (c0, c1, c2, c3) = key, counter
    for _ in range(ROUNDS):
        first, third = MULTIPLIERS[0] * c0, MULTIPLIERS[1] * c2
        c0, c1, c2, c3 = third >> 32 ^ c1 ^ key0, third & LOW, first >> 32 ^ c3 ^ key1, first & LOW
        key0, key1 = key0 + KEY_STEPS[0] & LOW, key1 + KEY_STEPS[1] & LOW
    return c0, c1, c2, c3


def seed_word_plain(seed: int) -> int:
    """Return the same word as ``seed_word``, in plain Python."""
    return (seed ^ _mix(seed >> 32 & LOW)) & LOW


def _philox(key0: int, key1: int, c0: int, c1: int, c2: int, c3: int) -> tuple[int, ...]:
    return philox_plain((key0, key1), (c0, c1, c2, c3))


def _mix(x: int) -> int:
    for shift, factor in zip(SHIFTS, (*FACTORS, 1), strict=True):
        x = (x ^ x >> shift) * factor & LONG
    return x


def _identity(namespace: int, a: int, b: int, c: int) -> int:
    x = _mix(int(namespace) + STEP & LONG)
    for told in (a, b, c):
        x = _mix((x ^ int(told) & LONG) + STEP & LONG)
    return int(namespace) << NAMESPACE_AT | x & (1 << NAMESPACE_AT) - 1


def _words(seed: int, replicate: int, who: int, month: int, purpose: int) -> tuple[int, ...]:
    note_draw(purpose)
    key = (seed_word_plain(int(seed)), int(replicate) & LOW)
    who = int(who) & LONG
    return philox_plain(key, (who & LOW, who >> 32, int(month) & LOW, int(purpose)))


def _uniforms(
    seed: int, replicate: int, identity: int, month: int, purpose: int
) -> tuple[float, ...]:
    return tuple((word + 0.5) / WORD for word in _words(seed, replicate, identity, month, purpose))


def _columns(
    out: Any, start: int, ids: Any, n: int, seed: int, replicate: int, month: int, purpose: int
) -> None:
    for row, drawn in enumerate(_drawn(ids, n, seed, replicate, month, purpose)):
        out[row, start : start + n] = drawn


def _first_columns(
    out: Any, ids: Any, n: int, seed: int, replicate: int, month: int, purpose: int
) -> None:
    _columns(out, 0, ids, n, seed, replicate, month, purpose)


def _first_words(
    out: Any, ids: Any, n: int, seed: int, replicate: int, month: int, purpose: int
) -> None:
    out[:n] = _drawn(ids, n, seed, replicate, month, purpose)[0]


def _drawn(
    ids: Any, n: int, seed: int, replicate: int, month: int, purpose: int
) -> tuple[NDArray[np.uint32], ...]:
    note_draw(purpose)
    who = np.asarray(ids[:n]).astype(np.uint64)
    key = (seed_word_plain(int(seed)), int(replicate) & LOW)
    low, high = who & np.uint64(LOW), who >> np.uint64(32)
    found = philox_plain(key, (low, high, int(month) & LOW, int(purpose)))
    return tuple(np.broadcast_to(word, n).astype(np.uint32) for word in found)


@in_python(_philox)
@inlined
def philox(
    key0: np.uint32,
    key1: np.uint32,
    c0: np.uint32,
    c1: np.uint32,
    c2: np.uint32,
    c3: np.uint32,
) -> Words:
    """Return the four random words of a key and a counter; every argument is a uint32."""
    for _ in range(ROUNDS):
        first = _M0 * np.uint64(c0)
        third = _M1 * np.uint64(c2)
        c0 = np.uint32(third >> _32) ^ c1 ^ key0
        c2 = np.uint32(first >> _32) ^ c3 ^ key1
        c1 = np.uint32(third)
        c3 = np.uint32(first)
        key0 = np.uint32(key0 + _K0)
        key1 = np.uint32(key1 + _K1)
    return c0, c1, c2, c3


@in_python(_mix)
@rule
def mix(x: np.uint64) -> np.uint64:
    """Return the 64 bits scrambled, one to one; 0 stays 0 (SplitMix64's finaliser)."""
    x = (x ^ (x >> _S0)) * _F0
    x = (x ^ (x >> _S1)) * _F1
    return x ^ (x >> _S2)


@in_python(seed_word_plain)
@rule
def seed_word(seed: np.uint64) -> np.uint32:
    """Return the seed's word of the key: the seed itself if it is below 2^32.

    A longer seed has its upper half scrambled into the lower one.
    """
    return np.uint32(seed) ^ np.uint32(mix(seed >> _32))


@in_python(_identity)
@rule
def identity(namespace: int, a: int, b: int, c: int) -> int:
    """Return the identity, 63 bits, of what three whole numbers name in a namespace.

    Its highest byte is the namespace, so that two of them never give the same. The others are a
    hash of all four numbers, as a SplitMix64 stream that takes each in turn.

    Args:
        namespace: 1 to 127.
        a: whole number of 64 bits.
        b: likewise.
        c: likewise.
    """
    x = mix(np.uint64(namespace) + _STEP)
    x = mix((x ^ np.uint64(a)) + _STEP)
    x = mix((x ^ np.uint64(b)) + _STEP)
    x = mix((x ^ np.uint64(c)) + _STEP)
    return np.int64(np.uint64(namespace) << _NAMESPACE_AT | x & _HASHED)  # type: ignore[return-value]


@rule
def number(word: int | np.uint32) -> float:
    """Return the number in (0, 1) that a random word stands for; 32 bits of resolution."""
    return (word + 0.5) / WORD


@in_python(_words)
@rule
def words(
    seed: np.uint64, replicate: np.uint64, who: np.uint64, month: np.uint32, purpose: np.uint32
) -> Words:
    """Return four random words; ``uniforms`` and ``fill_words`` say the same in other shapes."""
    return philox(
        seed_word(seed), np.uint32(replicate), np.uint32(who), np.uint32(who >> _32), month, purpose
    )


@in_python(_uniforms)
@rule
def uniforms(
    seed: int, replicate: int, identity: int, month: int, purpose: int
) -> tuple[float, float, float, float]:
    """Return four independent uniforms in (0, 1) of this identity, month and purpose alone.

    Args:
        seed: of the ensemble, 0 to 2^64 - 1.
        replicate: 0 to 2^32 - 1.
        identity: whose luck, a 64-bit number.
        month: when; negative months are taken modulo 2^32.
        purpose: what for, so that no two decisions share luck.
    """
    # The body that is long to compile sees one set of types, whatever the caller's whole numbers.
    a, b, c, d = words(
        np.uint64(seed),
        np.uint64(replicate),
        np.uint64(identity),
        np.uint32(month),
        np.uint32(purpose),
    )
    return number(a), number(b), number(c), number(d)


@in_python(_first_columns)
@rule
def fill_words(
    out: Array,
    ids: Array,
    n: int,
    seed: int,
    replicate: int,
    month: int,
    purpose: int,
) -> None:
    """Fill the first ``n`` columns of ``out`` with the random words of ``n`` identities.

    The words are those that ``uniforms`` would make numbers of, several times faster: the loop
    becomes vector instructions, so both arrays must be contiguous.

    Args:
        out: shape (4, at least n), changed in place.
        ids: identities, shape (at least n,).
        n: how many.
        seed: of the ensemble.
        replicate: of the ensemble.
        month: when.
        purpose: what for.
    """
    fill_columns(out, 0, ids, n, seed, replicate, month, purpose)


@in_python(_columns)
@rule
def fill_columns(
    out: Array,
    start: int,
    ids: Array,
    n: int,
    seed: int,
    replicate: int,
    month: int,
    purpose: int,
) -> None:
    """Fill ``n`` columns of ``out`` from ``start`` on, as ``fill_words`` fills the first ones."""
    key0, key1 = seed_word(np.uint64(seed)), np.uint32(replicate)
    when, why = np.uint32(month), np.uint32(purpose)
    first, second, third, fourth = out[0][start:], out[1][start:], out[2][start:], out[3][start:]
    for i in range(n):
        who = np.uint64(ids[i])
        a, b, c, d = philox(key0, key1, np.uint32(who), np.uint32(who >> _32), when, why)
        first[i] = a
        second[i] = b
        third[i] = c
        fourth[i] = d


@in_python(_first_words)
@rule
def fill_first_words(
    out: Array,
    ids: Array,
    n: int,
    seed: int,
    replicate: int,
    month: int,
    purpose: int,
) -> None:
    """Fill ``out``, shape (at least n,), with the first of the words that ``fill_words`` gives."""
    key0, key1 = seed_word(np.uint64(seed)), np.uint32(replicate)
    when, why = np.uint32(month), np.uint32(purpose)
    for i in range(n):
        who = np.uint64(ids[i])
        out[i] = philox(key0, key1, np.uint32(who), np.uint32(who >> _32), when, why)[0]


@rule
def normal(first: float, second: float) -> float:
    """Return one standard normal from two uniforms in (0, 1) (G. Box and M. Muller, 1958)."""
    return math.sqrt(-2.0 * math.log(first)) * math.cos(2.0 * math.pi * second)


@rule
def exponential(u: float) -> float:
    """Return an exponential of mean 1 from a uniform in (0, 1), by inversion."""
    return -math.log(u)


@rule
def laplace(u: float) -> float:
    """Return a Laplace (double exponential) of mean 0 and variance 1 from a uniform in (0, 1)."""
    # No branch on the side: chance cannot be guessed.
    size = -_ROOT_HALF * math.log(2.0 * min(u, 1.0 - u))
    return math.copysign(size, u - 0.5)


@cache
def name_counter(name: str) -> tuple[int, int, int, int]:
    """Return the counter that a parameter's name stands for: the head of its SHA-256."""
    head = hashlib.sha256(name.encode()).digest()[:16]
    a, b, c, d = (int.from_bytes(head[k : k + 4], "little") for k in range(0, 16, 4))
    return a, b, c, d
