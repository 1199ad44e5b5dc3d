import numpy as np
import pytest
from numpy.typing import NDArray
from pydantic import ValidationError

from recommender.training.choices import RerankerLoss
from recommender.training.config import RerankerConfig
from recommender.training.data.dataset import RankedList
from recommender.training.label_smoothing import smoothed

LIST = RankedList("mug", ("a", "b", "c", "d"), (1.0, 0.5, 0.0, 0.0), (0.9, 0.8, 0.7, 0.6))


def targets(loss: RerankerLoss, smoothing: float) -> NDArray[np.float64]:
    """What the loss makes of the gains."""
    (ranked,) = smoothed([LIST], loss, smoothing)
    gains = np.array(ranked.gains)
    if loss is RerankerLoss.LISTNET:
        gains = np.exp(gains)
    made: NDArray[np.float64] = gains if loss is RerankerLoss.BCE else gains / gains.sum()
    return made


def test_a_pair_is_pulled_to_the_middle() -> None:
    assert targets(RerankerLoss.BCE, 0.1).tolist() == pytest.approx([0.95, 0.5, 0.05, 0.05])


@pytest.mark.parametrize("loss", [RerankerLoss.LISTNET, RerankerLoss.RESIDUAL_LISTNET])
def test_a_list_is_pulled_to_equal_shares(loss: RerankerLoss) -> None:
    np.testing.assert_allclose(targets(loss, 0.2), 0.8 * targets(loss, 0.0) + 0.2 / 4)
    assert targets(loss, 0.2).sum() == pytest.approx(1.0)


def test_without_smoothing_nothing_changes() -> None:
    assert smoothed([LIST], RerankerLoss.LISTNET, 0.0) == [LIST]


def test_a_loss_without_targets_to_smooth_is_refused() -> None:
    told = {"out": "out", "database_url": "sqlite://", "label_smoothing": 0.1}
    assert RerankerConfig.model_validate({**told, "loss": "bce"}).label_smoothing == 0.1
    with pytest.raises(ValidationError, match="label_smoothing is for the losses bce, listnet"):
        RerankerConfig.model_validate({**told, "loss": "ranknet"})
