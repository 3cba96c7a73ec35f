"""Rules that other rules call: code to be put into that of a process, never run by itself.

Numba makes machine code of every function that it compiles. Of some two hundred rules only the
processes are ever entered from outside, and they hold all that they call; so the others are left
as what LLVM links, and are optimised once, with the process that they are put into.
"""

from typing import Any

from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import CompilerBase, DefaultPassBuilder
from numba.core.compiler_machinery import AnalysisPass, register_pass
from numba.core.typed_passes import NativeLowering


class _Linked(JITCodeLibrary):
    """Code without an address."""

    @property
    def codegen(self) -> Any:
        """Return who is told where the function's environment lies: nobody, it has no address."""
        return self

    def set_env(self, name: str, environment: Any) -> None:
        """Do nothing: rules raise no exceptions and hold no objects of Python."""

    def get_pointer_to_function(self, name: str) -> int:
        """Return that there is none."""
        del name
        return 0

    def _optimize_final_module(self) -> None:
        """Leave it to the process that it is put into, which is optimised as a whole."""

    def _finalize_final_module(self) -> None:
        self._finalized = True


@register_pass(mutates_CFG=False, analysis_only=True)
class _ToBeLinked(AnalysisPass):
    """Gives the next pass, which writes a rule for LLVM, where to write it."""

    _name = "to_be_linked"

    def __init__(self) -> None:
        super().__init__()

    def run_pass(self, state: Any) -> bool:
        """Make the library that NativeLowering else makes itself."""
        state.library = _Linked(state.targetctx.codegen(), state.func_id.func_qualname)
        state.library.enable_object_caching()
        return False


class Pipeline(CompilerBase):
    """Numba's own steps, with code that is only linked."""

    def define_pipelines(self) -> list[Any]:
        """Return the steps."""
        steps = DefaultPassBuilder.define_nopython_pipeline(self.state)
        names = [step for step, _ in steps.passes]
        before = names[names.index(NativeLowering) - 1]
        steps.add_pass_after(_ToBeLinked, before)
        steps.finalize()
        return [steps]
