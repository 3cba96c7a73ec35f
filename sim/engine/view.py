"""A world as compiled rules see it: one reference, made from the addresses of its tables.

A named tuple of fifty tables would be passed as hundreds of values at every call, which makes calls
slow and compiling slower. Rules get a reference to them instead. Its arrays have no owner, so
compiled code never counts references to them; whoever calls keeps the tables alive.
"""

from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from types import FunctionType
from typing import Any

import numpy as np
from llvmlite import ir
from numba import carray, types
from numba.experimental import structref
from numba.extending import intrinsic

Layout = tuple[tuple[tuple[str, ...], np.dtype[Any], int], ...]
"""Path of names, type and number of dimensions of each table."""


@intrinsic
def pointer(typing_context, address):  # type: ignore[no-untyped-def]
    """Return a whole number as the pointer that it is."""
    del typing_context, address

    def build(context, builder, signature, arguments):  # type: ignore[no-untyped-def]
        return builder.inttoptr(arguments[0], context.get_value_type(signature.return_type))

    return types.voidptr(types.int64), build


@intrinsic
def call(typing_context, address, context, month):  # type: ignore[no-untyped-def]
    """Call the compiled process at an address with the tables' addresses and a month."""
    del typing_context, address, context, month

    def build(_context, builder, _signature, arguments):  # type: ignore[no-untyped-def]
        long = ir.IntType(64)
        kind = ir.FunctionType(ir.VoidType(), (long, long)).as_pointer()
        builder.call(builder.inttoptr(arguments[0], kind), arguments[1:])
        return _context.get_dummy_value()

    return types.void(types.int64, types.int64, types.int64), build


@cache
def define(fields: tuple[str, ...]) -> Any:
    """Return what makes a view with these fields of its tables; rules call it ``world``."""

    @structref.register
    class ViewType(types.StructRef):
        def __init__(self, fields: Any) -> None:
            super().__init__([(name, types.unliteral(kind)) for name, kind in fields])
            # The name becomes part of the name of every function that is compiled.
            self.name: str = f"View{sha256(repr(self._fields).encode()).hexdigest()[:16]}"

    class View(structref.StructRefProxy):
        pass

    structref.define_proxy(View, ViewType, list(fields))
    return View


def maker(layout: Layout, groups: dict[str, type[Any]]) -> FunctionType:
    """Return a function that makes a view from the addresses and lengths of its tables.

    Args:
        layout: of the tables, in the order in which ``addresses`` lists them.
        groups: the named tuples of which some tables are fields, by the name of the first.
    """
    # Kept code looks its module up by name.
    known: dict[str, Any] = {"__name__": __name__, "carray": carray, "pointer": pointer}
    parts: dict[str, list[str]] = {}
    at = 0
    for number, (path, kind, dimensions) in enumerate(layout):
        known[f"kind{number}"] = kind
        shape = "".join(f"context[{at + 1 + k}], " for k in range(dimensions))
        made = f"carray(pointer(context[{at}]), ({shape}), kind{number})"
        parts.setdefault(path[0], []).append(made)
        at += 1 + dimensions
    for name, group in groups.items():
        known[f"Group_{name}"] = group
        parts[name] = [f"Group_{name}({', '.join(parts[name])})"]
    known["View"] = define(tuple(parts))
    fields = ",\n        ".join(made for each in parts.values() for made in each)
    text = f"def view(context):\n    return View(\n        {fields},\n    )\n"
    exec(compile(text, "<view>", "exec"), known)
    found: FunctionType = known["view"]
    return found


def addresses(tables: Sequence[np.ndarray[Any, Any]]) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Return the address and the lengths of each table, one after the other."""
    told: list[int] = []
    for table in tables:
        if not table.flags.c_contiguous:
            raise ValueError("a table that is not contiguous")
        told.append(table.ctypes.data)
        told += table.shape
    return np.array(told, np.int64)
