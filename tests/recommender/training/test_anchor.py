import torch
from torch import Tensor, nn

from recommender.training.anchor import Anchored


class Trainer:
    """What the mix-in needs of Hugging Face's: it pulls every weight towards 1."""

    def __init__(self, model: nn.Linear) -> None:
        self.model = model

    def create_optimizer(self) -> torch.optim.Optimizer:
        return torch.optim.SGD(self.model.parameters(), lr=0.1)

    def training_step(self, model: nn.Linear, inputs: Tensor) -> Tensor:
        loss = (model.weight - inputs).square().sum()
        loss.backward()  # type: ignore[no-untyped-call]
        return loss.detach()


class AnchoredTrainer(Anchored, Trainer):
    pass


def where_it_ends(anchor: float) -> float:
    model = nn.Linear(1, 1, bias=False)
    nn.init.zeros_(model.weight)
    trainer = AnchoredTrainer(model)
    trainer.anchor = anchor
    optimizer = trainer.create_optimizer()
    for _ in range(200):
        optimizer.zero_grad()
        trainer.training_step(model, torch.tensor(1.0))
        optimizer.step()
    return model.weight.item()


def test_weights_stay_between_the_old_and_the_new() -> None:
    assert round(where_it_ends(0.0), 3) == 1.0
    assert round(where_it_ends(1.0), 3) == 0.5
    assert round(where_it_ends(4.0), 3) == 0.2
