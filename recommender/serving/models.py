"""Which encoder and which reranker a shop's configuration means."""

import logging
from pathlib import Path

from recommender.errors import ModelError
from recommender.registry.registry import Registry
from recommender.reranking.reranker import CrossEncoderReranker, OnnxReranker, Reranker
from recommender.serving.encoder import (
    Encoder,
    OnnxEncoder,
    RememberingEncoder,
    SentenceTransformersEncoder,
)
from recommender.serving.export import (
    encoder_folder,
    export_encoder,
    prepare_minilm,
    reranker_folder,
    retriever_folder,
)
from recommender.weights.trained import Kind, is_trained

_log = logging.getLogger(__name__)


def retriever_in_service(data_dir: Path, name: str) -> str:
    """The embedding model that a shop means: the one that it names, else the folder of the version
    that the registry has in service, or of the one that ships."""
    return name or str(Registry(data_dir, Kind.RETRIEVER).in_service())


def open_encoder(data_dir: Path, name: str, device: str) -> Encoder:
    """The encoder of a folder or hub name.

    What `aisle train` wrote is served from its export under `data_dir`, and on a GPU as it is.
    `device` is `auto`, `cpu` or `cuda`.

    Raises:
        ModelError: it is missing or damaged; the message says what to do.
    """
    device = _device(device)
    trained = Path(name)
    if not is_trained(trained):
        return SentenceTransformersEncoder(name, device)
    if device == "cuda":
        return SentenceTransformersEncoder.of_trained(trained, device)
    return OnnxEncoder(retriever_folder(data_dir, trained))


def open_retriever(retriever: Path, scratch: Path, device: str = "cpu") -> Encoder:
    """The encoder of a retriever that need not be in service: one that `aisle train` wrote, or the
    one that ships, is exported to `scratch`; a folder or hub name of a whole model is opened as it
    is.

    Raises:
        ModelError: it cannot be read.
    """
    if not is_trained(retriever):
        return SentenceTransformersEncoder(str(retriever), _device(device))
    export_encoder(scratch, retriever)
    return OnnxEncoder(scratch)


def open_minilm(data_dir: Path) -> Encoder:
    """MiniLM itself, exported if need be: for texts that aren't about products.

    A retriever that has learnt which products answer a search has unlearnt some of what else it
    knew of language, and another may go into service any day.

    Raises:
        ModelError: it is missing or damaged; the message says what to do.
    """
    prepare_minilm(data_dir)
    return RememberingEncoder(OnnxEncoder(encoder_folder(data_dir)))


def open_reranker(data_dir: Path, name: str, device: str) -> Reranker | None:
    """The reranker of a folder or hub name; by default the shipped one, exported.

    None, with a warning in the log, where there is none: then the search ranks by retrieval alone.

    Raises:
        ModelError: it is damaged, or the named one cannot be loaded.
    """
    if name and not is_trained(Path(name)):
        return CrossEncoderReranker(name, _device(device))
    folder = reranker_folder(data_dir)
    if not folder.exists():
        _log.warning(
            "There is no reranker in %s: products are ranked by retrieval alone, which is "
            "measurably worse. Train one with `aisle train reranker`, or restore the one that "
            "ships, then run `aisle setup`.",
            folder,
        )
        return None
    return OnnxReranker(folder)


def _device(device: str) -> str:
    """`cpu` or `cuda`. Torch is only asked where there may be a GPU at all."""
    if device == "cpu" or (device == "auto" and not Path("/dev/nvidiactl").exists()):
        return "cpu"
    import torch

    if torch.cuda.is_available():
        return "cuda"
    if device == "cuda":
        raise ModelError(
            "AISLE_DEVICE is cuda, but torch finds no CUDA device. Set it to auto or cpu."
        )
    return "cpu"
