import pytest
import torch
from torch import Tensor, nn

from recommender.training.residual_listnet import ResidualListNetLoss


class TextLengths(nn.Module):
    """Scores a pair by the length of its text, times one weight."""

    device = torch.device("cpu")

    def __init__(self) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(1))

    def preprocess(self, pairs: list[tuple[str, str]]) -> dict[str, Tensor]:
        return {"lengths": torch.tensor([float(len(text)) for _, text in pairs])}

    def forward(self, features: dict[str, Tensor]) -> dict[str, Tensor]:
        return {"scores": (self.weight * features["lengths"]).unsqueeze(1)}


def loss_of(model: TextLengths, labels: list[list[float]], cosine_scale: float = 20.0) -> Tensor:
    loss = ResidualListNetLoss(model, cosine_scale, mini_batch_size=2)  # type: ignore[arg-type]
    texts = ["long text", "text", "txt"][: len(labels)]
    result: Tensor = loss([["query"], [texts]], [torch.tensor(labels)])
    return result


def test_a_model_that_says_nothing_has_the_loss_of_the_bi_encoder() -> None:
    loss = loss_of(TextLengths(), [[1.0, 0.5], [0.0, 0.5]])
    assert loss.item() == pytest.approx(torch.tensor(2.0).log().item())


def test_where_the_bi_encoder_is_right_there_is_next_to_nothing_to_learn() -> None:
    model = TextLengths()
    loss = loss_of(model, [[1.0, 0.9], [0.0, 0.1]])
    (gradient,) = torch.autograd.grad(loss, model.weight)
    assert abs(gradient.item()) < 1e-4


def test_where_it_errs_the_right_text_is_pushed_up() -> None:
    model = TextLengths()
    loss = loss_of(model, [[1.0, 0.4], [0.0, 0.6]])
    (gradient,) = torch.autograd.grad(loss, model.weight)
    assert gradient.item() < -1  # descent makes the longer, right text score higher


def test_gains_share_the_wanted_probability() -> None:
    without_cosine = loss_of(TextLengths(), [[1.0, 0.9], [0.5, 0.1], [0.0, 0.3]], cosine_scale=0.0)
    assert without_cosine.item() == pytest.approx(torch.tensor(3.0).log().item())
