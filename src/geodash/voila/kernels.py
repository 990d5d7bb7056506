"""Kernels for Voila: one that nobody visits is ended, but not in the moment of a visit."""

from __future__ import annotations

from weakref import WeakSet

from jupyter_client.manager import KernelManager
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager


class PatientKernelManager(AsyncMappingKernelManager):
    """End an idle kernel only if it had no visitor at two checks in a row.

    A preheated kernel has been idle for as long as it waited, perhaps for hours. Between the
    request for the page and the moment when its scripts connect lies about a second; a check in
    that second would end the kernel under the page. The same goes for a reader whose connection
    breaks for a moment. `voila.json` names this class and sets the times.
    """

    def __init__(self, **settings: object) -> None:
        super().__init__(**settings)  # type: ignore[no-untyped-call]
        self._alone: WeakSet[KernelManager] = WeakSet()

    async def cull_kernel_if_idle(self, kernel_id: str) -> None:
        """End a kernel that is idle, and without a visitor now and at the last check.

        Voila asks only for kernels that are no longer in its pool.
        """
        kernel = self._kernels[kernel_id]
        if self._kernel_connections.get(kernel_id, 0):
            self._alone.discard(kernel)
        elif kernel in self._alone:
            await super().cull_kernel_if_idle(kernel_id)  # type: ignore[no-untyped-call]
        else:
            self._alone.add(kernel)
