"""A world as compiled rules see it: where its tables lie, and how their fields are reached.

Rules get the address of a list of addresses and lengths. A table is looked up there where a rule
names it, and its elements are reached by their place alone: rows of records, columns, and fields of
several numbers lie one after the other, and no index counts from the end (the checked mode looks at
that). Numba's own arrays are more general; what they do for one element is four times as long, and
most of what takes time to compile. Anything but an element or a part by its first index is left to
them: ``Column`` and ``Inner`` are theirs in all else.

Tables have no owner here, so compiled code counts no references; whoever calls keeps them alive.
"""

import operator
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from typing import Any, ClassVar

import numpy as np
from llvmlite import ir
from numba import from_dtype, types
from numba.core.typing.templates import (
    AbstractTemplate,
    AttributeTemplate,
    infer_global,
    signature,
)
from numba.extending import (
    infer_getattr,
    intrinsic,
    lower_builtin,
    lower_getattr_generic,
    lower_setattr_generic,
    models,
    register_model,
)

from sim.engine.spread import NONE, ROWS, WORD, Paths, place_in_block

LONG = ir.IntType(64)
Layout = tuple[tuple[tuple[str, ...], np.dtype[Any], int], ...]
"""Path of names, type and number of dimensions of each table."""


class Column(types.Array):
    """A table: numbers or records, one after the other."""

    __repr__ = types.Type.__str__


class Inner(types.NestedArray):
    """A field of several numbers."""

    __repr__ = types.Type.__str__


class Row(types.Record):
    """A row of a table."""

    def __init__(self, fields: Any, size: int) -> None:
        """Take what Numba's own records take."""
        super().__init__(fields, size, aligned=True)
        # Numba compares and prints kinds by their names, at every turn.
        self.name: str = f"Row{sha256(repr((fields, size)).encode()).hexdigest()[:16]}"

    __repr__ = types.Type.__str__

    def can_convert_to(self, typing_context: Any, other: Any) -> None:
        """Return that no row can stand for one of another table."""


class Spread(Row):
    """A row of a table whose blocks of rows are turned (`sim.engine.spread`)."""


class View(types.Type):
    """Some tables, by name; ``world`` in rules, and its groups."""

    def __init__(self, fields: tuple[tuple[str, Any, int], ...]) -> None:
        """Take name, kind and place in the list of each."""
        # The name becomes part of the name of every function that is compiled.
        super().__init__(f"View{sha256(repr(fields).encode()).hexdigest()[:16]}")
        self.fields = {name: (kind, at) for name, kind, at in fields}


register_model(Column)(models.ArrayModel)
register_model(Inner)(models.NestedArrayModel)
register_model(Row)(models.RecordModel)
register_model(Spread)(models.RecordModel)
register_model(View)(models.OpaqueModel)


def view_type(layout: Layout, groups: Sequence[str], spread: Paths = NONE) -> View:
    """Return the kind of a world whose tables lie so.

    Args:
        layout: of the tables, in the order in which ``addresses`` lists them.
        groups: first names of paths that stand for several tables.
        spread: paths of the tables whose blocks of rows are turned.
    """
    found: dict[str, list[tuple[str, Any, int]]] = {}
    at = 0
    for path, kind, dimensions in layout:
        column = Column(_element(kind, path in spread), dimensions, "C")
        found.setdefault(path[0], []).append((path[-1], column, at))
        at += 1 + dimensions
    return View(
        tuple(
            (name, View(tuple(parts)), 0) if name in groups else parts[0]
            for name, parts in found.items()
        )
    )


@cache
def _element(kind: np.dtype[Any], spread: bool) -> Any:
    """Return how compiled code sees an element of this type."""
    if kind.fields is None:
        return from_dtype(kind)
    fields = [
        (name, {"type": _field(inner), "offset": offset, "alignment": inner.base.alignment})
        for name, (inner, offset, *_) in kind.fields.items()
    ]
    if not spread:
        return Row(fields, kind.itemsize)
    for _, told in fields:
        told["offset"] = place_in_block(told["offset"])
    return Spread(fields, kind.itemsize * ROWS)


def _field(kind: np.dtype[Any]) -> Any:
    number = from_dtype(kind.base)
    return Inner(number, kind.shape) if kind.shape else number


@infer_getattr
class _ViewAttributes(AttributeTemplate):
    key = View

    def generic_resolve(self, view: View, name: str) -> Any:
        """Return the kind of what a name stands for; None if for nothing."""
        return view.fields.get(name, (None,))[0]


@lower_getattr_generic(View)  # type: ignore[untyped-decorator]
def _table(context: Any, builder: Any, view: View, value: Any, name: str) -> Any:
    """Look a table up."""
    kind, at = view.fields[name]
    if isinstance(kind, View):
        return value
    told = builder.bitcast(value, LONG.as_pointer())
    numbers = [_fixed(builder, told, at + k) for k in range(1 + kind.ndim)]
    data = builder.inttoptr(numbers[0], context.get_data_type(kind.dtype).as_pointer())
    return _array(context, builder, kind, data, numbers[1:])


def _fixed(builder: Any, numbers: Any, at: int) -> Any:
    """Read a number of the list, which nothing changes while a rule runs."""
    found = builder.load(builder.gep(numbers, [ir.Constant(LONG, at)]))
    found.set_metadata("invariant.load", builder.module.add_metadata([]))
    return found


def _array(context: Any, builder: Any, kind: Any, data: Any, shape: Sequence[Any]) -> Any:
    """Return Numba's description of an array whose elements lie one after the other."""
    strides = [ir.Constant(LONG, context.get_abi_sizeof(context.get_data_type(kind.dtype)))]
    for length in reversed(shape[1:]):
        strides.insert(0, _times(builder, strides[0], length))
    number = shape[0]
    for length in shape[1:]:
        number = _times(builder, number, length)
    found = ir.Constant(context.get_value_type(kind), None)
    members = {"nitems": number, "itemsize": strides[-1], "data": data}
    names = ("meminfo", "parent", "nitems", "itemsize", "data")
    for name, member in members.items():
        found = builder.insert_value(found, member, names.index(name))
    for k, (length, stride) in enumerate(zip(shape, strides, strict=True)):
        found = builder.insert_value(found, length, (5, k))
        found = builder.insert_value(found, stride, (6, k))
    return found


def _times(builder: Any, a: Any, b: Any) -> Any:
    if isinstance(a, ir.Constant) and isinstance(b, ir.Constant):
        return ir.Constant(LONG, a.constant * b.constant)
    return builder.mul(a, b, flags=("nsw",))


@lower_getattr_generic(Row)  # type: ignore[untyped-decorator]
def _get_field(context: Any, builder: Any, row: Row, value: Any, name: str) -> Any:
    kind = row.typeof(name)
    place = _place_of(context, builder, row, value, name)
    if isinstance(kind, Inner):
        return _array(context, builder, kind, place, _lengths(kind))
    return context.unpack_value(builder, kind, place)


@lower_setattr_generic(Row)  # type: ignore[untyped-decorator]
def _set_field(context: Any, builder: Any, signature: Any, arguments: Any, name: str) -> None:
    row, given = signature.args
    value = context.cast(builder, arguments[1], given, row.typeof(name))
    place = _place_of(context, builder, row, arguments[0], name)
    context.pack_value(builder, row.typeof(name), value, place)


def _place_of(context: Any, builder: Any, row: Row, value: Any, name: str) -> Any:
    """Return where a field of a row lies."""
    kind = row.typeof(name)
    number = kind.dtype if isinstance(kind, Inner) else kind
    at = [ir.Constant(ir.IntType(32), k) for k in (0, row.offset(name))]
    place = builder.gep(value, at, inbounds=True)
    return builder.bitcast(place, context.get_data_type(number).as_pointer())


def _lengths(kind: Inner) -> list[Any]:
    return [ir.Constant(LONG, length) for length in kind.shape]


class _FirstOnCPU(AbstractTemplate):
    """What Numba asks first, before twenty kinds of container that a table is not."""

    metadata: ClassVar = {"target": "cpu"}

    def generic(self, given: Any, named: Any) -> Any:
        """Return the signature for a table and whole numbers; None for anything else."""
        del named
        array, index, *value = given
        if not isinstance(array, Column | Inner) or not _by_numbers(index):
            return None
        kinds, left = _parts(index), array.ndim - len(_parts(index))
        at = types.Tuple(kinds) if isinstance(index, types.BaseTuple) else types.int64
        if value:
            return None if left else signature(types.none, array, at, array.dtype)
        part = Column(array.dtype, left, "C") if left else array.dtype
        return signature(part, array, at)


@infer_global(operator.getitem)
class _GetItem(_FirstOnCPU):
    """Reading."""


@infer_global(operator.setitem)
class _SetItem(_FirstOnCPU):
    """Writing."""


def _get(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
    """Return an element, or a part by its first index."""
    array, index = signature.args
    if not _by_numbers(index):
        return _by_numba(context, builder, operator.getitem, signature, arguments)
    place, rest = _place(context, builder, array, index, arguments)
    if rest:
        return _array(context, builder, signature.return_type, place, rest)
    return context.unpack_value(builder, array.dtype, place)


def _set(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
    """Write an element."""
    array, index, given = signature.args
    if not _by_numbers(index) or len(_parts(index)) < array.ndim:
        return _by_numba(context, builder, operator.setitem, signature, arguments)
    place, _ = _place(context, builder, array, index, arguments)
    value = context.cast(builder, arguments[2], given, array.dtype)
    context.pack_value(builder, array.dtype, value, place)
    return context.get_dummy_value()


for kind in (Column, Inner):
    for index in (types.Integer, types.BaseTuple):
        lower_builtin(operator.getitem, kind, index)(_get)
        lower_builtin(operator.setitem, kind, index, types.Any)(_set)


def _parts(index: Any) -> tuple[Any, ...]:
    return tuple(index.types) if isinstance(index, types.BaseTuple) else (index,)


def _by_numbers(index: Any) -> bool:
    return all(isinstance(each, types.Integer) for each in _parts(index))


def _by_numba(context: Any, builder: Any, what: Any, signature: Any, arguments: Any) -> Any:
    """Do what Numba does with an array of its own, which is described in the same way."""
    array, *others = signature.args
    plain = types.Array(array.dtype, array.ndim, "C")
    found = context.get_function(what, signature.return_type(plain, *others))
    return found(builder, (*arguments,))


def _place(
    context: Any, builder: Any, array: Any, index: Any, arguments: Any
) -> tuple[Any, list[Any]]:
    """Return where an element lies, or a part begins; and the lengths of the part."""
    described, given = arguments[:2]
    kinds = _parts(index)
    tupled = isinstance(index, types.BaseTuple)
    data = builder.extract_value(described, 4)
    shape = (
        _lengths(array)
        if isinstance(array, Inner)
        else [builder.extract_value(described, (5, k)) for k in range(array.ndim)]
    )
    at: Any = None
    for k, length in enumerate(shape):
        at = at if at is None else _times(builder, at, length)
        if k < len(kinds):
            number = builder.extract_value(given, k) if tupled else given
            number = context.cast(builder, number, kinds[k], types.int64)
            at = number if at is None else builder.add(at, number, flags=("nsw",))
    if isinstance(array.dtype, Spread):
        return _in_block(builder, data, at), []
    return builder.gep(data, [at], inbounds=True), shape[len(kinds) :]


def _in_block(builder: Any, data: Any, at: Any) -> Any:
    """Return where the first word of a row lies in its block."""
    block = builder.gep(data, [builder.udiv(at, ir.Constant(LONG, ROWS))], inbounds=True)
    first = builder.bitcast(block, ir.IntType(8 * WORD).as_pointer())
    row = builder.gep(first, [builder.urem(at, ir.Constant(LONG, ROWS))], inbounds=True)
    return builder.bitcast(row, data.type)


def maker(kind: View) -> Any:
    """Return what makes a view of the address of the list, in compiled code."""

    @intrinsic
    def view(typing_context, address):  # type: ignore[no-untyped-def]
        del typing_context, address

        def build(_context, builder, _signature, arguments):  # type: ignore[no-untyped-def]
            return builder.inttoptr(arguments[0], ir.IntType(8).as_pointer())

        return kind(types.int64), build

    return view


@intrinsic
def call(typing_context, addresses, k, context, month):  # type: ignore[no-untyped-def]
    """Call the compiled process at a place of a list of addresses, with a context and a month."""
    del typing_context, addresses, k, context, month

    def build(_context, builder, _signature, arguments):  # type: ignore[no-untyped-def]
        listed, number, *given = arguments
        kind = ir.FunctionType(ir.VoidType(), (LONG, LONG)).as_pointer()
        place = builder.gep(builder.inttoptr(listed, LONG.as_pointer()), [number])
        builder.call(builder.inttoptr(builder.load(place), kind), given)
        return _context.get_dummy_value()

    return types.void(types.int64, types.int64, types.int64, types.int64), build


def addresses(tables: Sequence[np.ndarray[Any, Any]]) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Return the address and the lengths of each table, one after the other."""
    told: list[int] = []
    for table in tables:
        if not table.flags.c_contiguous:
            raise ValueError("a table that is not contiguous")
        told.append(table.ctypes.data)
        told += table.shape
    return np.array(told, np.int64)
