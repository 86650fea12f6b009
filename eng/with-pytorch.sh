#!/usr/bin/env sh
# Runs a program with the libtorch of the PyTorch that python3 imports, CUDA's libraries included; docs/gpu.md.
# dotnet publish src/Kagome.Cli -c Release -p:TorchBackend=pytorch -o kagome-gpu
# eng/with-pytorch.sh kagome-gpu/kagome predict NaCl --device cuda
set -eu
torch=$(python3 -c 'import importlib.util, os; print(os.path.dirname(importlib.util.find_spec("torch").origin))')
LD_LIBRARY_PATH=$torch/lib:$(printf %s: "$torch"/../nvidia/*/lib)${LD_LIBRARY_PATH-}
export LD_LIBRARY_PATH
exec "$@"
