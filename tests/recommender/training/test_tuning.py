import math
from pathlib import Path

import pytest

from recommender.training.choices import Method
from recommender.training.config import RerankerConfig
from recommender.training.tuning import Trial, Tuner

pytestmark = pytest.mark.filterwarnings("ignore::optuna.exceptions.ExperimentalWarning")

BEST = 1e-3


class Shop:
    """Trains nothing: a model is as good as its learning rate is near the best."""

    def __init__(self) -> None:
        self.trained: list[RerankerConfig] = []

    def train(self, config: RerankerConfig) -> float:
        self.trained.append(config)
        config.out.mkdir(parents=True)
        value = -abs(math.log(config.learning_rate / BEST))
        (config.out / "weights.safetensors").write_text(str(value))
        return value


def config(out: Path) -> RerankerConfig:
    return RerankerConfig(out=out, database_url="sqlite://", method=Method.LORA)


def test_the_best_settings_are_found_and_their_model_kept(tmp_path: Path) -> None:
    shop, told = Shop(), list[Trial]()
    best = Tuner(config(tmp_path), shop.train, told.append).search(25)
    assert 0.7 * BEST < best.settings["learning_rate"] < 1.4 * BEST
    assert best.value == max(trial.value for trial in told)
    assert (tmp_path / "weights.safetensors").read_text() == str(best.value)
    assert len(list((tmp_path / "trials").iterdir())) == 1


def test_a_search_goes_on_where_it_was_stopped(tmp_path: Path) -> None:
    first, second = Shop(), Shop()
    before = Tuner(config(tmp_path), first.train).search(4)
    after = Tuner(config(tmp_path), second.train).search(3)
    assert len(second.trained) == 3
    assert second.trained[0].out.name == "0004"
    assert after.value >= before.value


def test_only_what_the_method_has_is_varied(tmp_path: Path) -> None:
    shop = Shop()
    full = config(tmp_path).model_copy(update={"method": Method.FULL})
    best = Tuner(full, shop.train).search(1)
    assert "lora_rank" not in best.settings
    assert shop.trained[0].seed == full.seed
