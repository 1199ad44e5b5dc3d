"""What the running service must not need."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

# peft still asks transformers for a name that is deprecated there.
pytestmark = pytest.mark.filterwarnings("ignore:`is_gradient_checkpointing`:FutureWarning")


def test_serving_needs_no_torch(reranker_models: Path, adapter: Path, tmp_path: Path) -> None:
    data_dir = tmp_path / "data"  # or its index would be found by others that share the models
    shutil.copytree(reranker_models, data_dir)
    program = f"""
import sys
from pathlib import Path
from catalog.database import connect, sessions
from catalog.schema import upgrade
from recommender.search import SearchEngine
from tests.recommender.conftest import shop

engine = connect("sqlite:///{tmp_path / "aisle.db"}")
upgrade(engine)
with sessions(engine).begin() as session:
    session.add_all(shop())
search = SearchEngine.open(engine, Path({str(data_dir)!r}), reranker={str(adapter)!r})
assert search.reranks
assert search.search(search.understand("coffee mug under $20")).results[0].group_id == "mug"
assert not {{"torch", "transformers"}} & set(sys.modules), "torch was imported"
"""
    subprocess.run([sys.executable, "-c", program], check=True)
