import torch
from torch import Tensor, nn

from recommender.training.adversarial import FastGradientMethod


class Model(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(5, 3)
        self.head = nn.Linear(3, 1)

    def forward(self, ids: Tensor) -> Tensor:
        scores: Tensor = self.head(self.words(ids).mean(0))
        return scores.square().sum()


class Trainer:
    """What the mix-in needs of Hugging Face's."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.seen: list[Tensor] = []

    def create_optimizer(self) -> list[nn.Parameter]:
        return [weight for weight in self.model.parameters() if weight.requires_grad]

    def training_step(self, model: Model, inputs: Tensor) -> Tensor:
        self.seen.append(model.words.weight.detach().clone())
        loss: Tensor = model(inputs)
        loss.backward()  # type: ignore[no-untyped-call]
        return loss.detach()


class Adversarial(FastGradientMethod, Trainer):
    epsilon = 0.5


def test_it_learns_twice_and_puts_the_words_back() -> None:
    torch.manual_seed(0)
    model = Model()
    model.words.requires_grad_(False)
    before = model.words.weight.detach().clone()
    trainer = Adversarial(model)
    assert len(trainer.create_optimizer()) == 2  # the frozen words do not learn
    trainer.training_step(model, torch.tensor([1, 2]))
    plain, moved = trainer.seen
    assert torch.equal(plain, before)
    torch.testing.assert_close((moved - before).norm(), torch.tensor(0.5))
    torch.testing.assert_close(model.words.weight.detach(), before)
    assert model.words.weight.grad is None


def test_the_step_makes_the_loss_larger() -> None:
    torch.manual_seed(0)
    model = Model()
    trainer = Adversarial(model)
    trainer.create_optimizer()
    loss = trainer.training_step(model, torch.tensor([1, 2]))
    with torch.no_grad():
        model.words.weight.copy_(trainer.seen[1])
    assert model(torch.tensor([1, 2])) > loss
