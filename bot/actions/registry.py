"""Every act of the assistant, behind rasa-sdk's executor."""

from rasa_sdk.executor import ActionExecutor

from bot.actions import small_talk
from bot.actions.act import Act
from bot.actions.add_to_cart import AddToCart
from bot.actions.answer_policy import AnswerPolicy
from bot.actions.bundle import BundleThings
from bot.actions.change_cart import ChangeCart
from bot.actions.checkout import GoToCheckout
from bot.actions.compare import Compare
from bot.actions.complements import ShowComplements
from bot.actions.context import ActionContext
from bot.actions.conversation import Conversation, RasaAction
from bot.actions.deny import Deny
from bot.actions.fallback import Fallback
from bot.actions.gift import Gift
from bot.actions.notify_me import NotifyMe
from bot.actions.order_status import OrderStatusAnswer
from bot.actions.out_of_scope import OutOfScope
from bot.actions.policy_sections import PolicySections
from bot.actions.product_details import ProductDetails
from bot.actions.recap import Recap
from bot.actions.refine_search import RefineSearch
from bot.actions.remove_from_cart import RemoveFromCart
from bot.actions.save_product import SaveProduct
from bot.actions.search_products import SearchProducts
from bot.actions.show_more import ShowMore
from bot.actions.similar import Similar
from bot.actions.start_over import StartOver
from bot.actions.take_order_details import TakeOrderDetails
from bot.actions.undo import Undo
from bot.actions.validate_order_status_form import ValidateOrderStatusForm
from bot.actions.view_cart import ViewCart
from bot.actions.view_saved import ViewSaved
from bot.actions.voucher import RedeemVoucher
from bot.actions.why_this import WhyThis

_ACTS: tuple[type[Act], ...] = (
    AddToCart,
    BundleThings,
    ChangeCart,
    Compare,
    Deny,
    Fallback,
    Gift,
    GoToCheckout,
    NotifyMe,
    OrderStatusAnswer,
    OutOfScope,
    ProductDetails,
    Recap,
    RedeemVoucher,
    RefineSearch,
    RemoveFromCart,
    SaveProduct,
    SearchProducts,
    ShowComplements,
    ShowMore,
    Similar,
    StartOver,
    TakeOrderDetails,
    Undo,
    ValidateOrderStatusForm,
    ViewCart,
    ViewSaved,
    WhyThis,
)


def acts(context: ActionContext) -> dict[str, Act]:
    """All of them, by name."""
    made = [
        *small_talk.every(context),
        AnswerPolicy(context, PolicySections(context.search.encoder)),
        *(act(context) for act in _ACTS),
    ]
    return {act.name: act for act in made}


def executor(context: ActionContext) -> ActionExecutor:
    """An executor with all actions registered, ready for `await executor.run(call)`."""
    known = acts(context)
    conversation = Conversation(context, known)
    registered = ActionExecutor()
    for act in known.values():
        # Rasa looks for a form's check under its own name.
        name = act.name if act.name.startswith("validate_") else f"action_{act.name}"
        registered.register_action(RasaAction(conversation, act, name))
    return registered
