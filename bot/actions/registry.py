"""Every act of the assistant, behind rasa-sdk's executor."""

from rasa_sdk.executor import ActionExecutor

from bot.actions.act import Act
from bot.actions.cart.add_to_cart import AddToCart
from bot.actions.cart.change_cart import ChangeCart
from bot.actions.cart.checkout import GoToCheckout
from bot.actions.cart.notify_me import NotifyMe
from bot.actions.cart.remove_from_cart import RemoveFromCart
from bot.actions.cart.save_product import SaveProduct
from bot.actions.cart.view_cart import ViewCart
from bot.actions.cart.view_saved import ViewSaved
from bot.actions.cart.voucher import RedeemVoucher
from bot.actions.context import ActionContext
from bot.actions.conversation import Conversation, RasaAction
from bot.actions.fallback import Fallback
from bot.actions.orders.cancel_order import CancelOrder
from bot.actions.orders.change_address import ChangeAddress
from bot.actions.orders.change_order import ChangeOrder
from bot.actions.orders.invoice import ShowInvoice
from bot.actions.orders.order_status import OrderStatusAct
from bot.actions.orders.refund_status import RefundStatusAct
from bot.actions.orders.reorder import Reorder
from bot.actions.orders.return_order import ReturnOrder
from bot.actions.orders.take_order_details import TakeOrderDetails
from bot.actions.products.compare import Compare
from bot.actions.products.product_details import ProductDetails
from bot.actions.searching.bundle import BundleThings
from bot.actions.searching.complements import ShowComplements
from bot.actions.searching.deny import Deny
from bot.actions.searching.gift import Gift
from bot.actions.searching.recap import Recap
from bot.actions.searching.refine_search import RefineSearch
from bot.actions.searching.search_products import SearchProducts
from bot.actions.searching.show_more import ShowMore
from bot.actions.searching.similar import Similar
from bot.actions.searching.start_over import StartOver
from bot.actions.searching.why_this import WhyThis
from bot.actions.support import small_talk
from bot.actions.support.answer_policy import AnswerPolicy
from bot.actions.support.complaint import Complaint
from bot.actions.support.helped import Helped
from bot.actions.support.out_of_scope import OutOfScope
from bot.actions.support.privacy import DeleteConversation, PersonalData, SignOut
from bot.actions.support.talk_to_person import TalkToPerson
from bot.actions.undo import Undo

_ACTS: tuple[type[Act], ...] = (
    AddToCart,
    BundleThings,
    CancelOrder,
    ChangeAddress,
    ChangeCart,
    ChangeOrder,
    Complaint,
    Compare,
    DeleteConversation,
    Deny,
    Gift,
    GoToCheckout,
    Helped,
    NotifyMe,
    OrderStatusAct,
    PersonalData,
    ProductDetails,
    Recap,
    RedeemVoucher,
    RefineSearch,
    RefundStatusAct,
    RemoveFromCart,
    Reorder,
    ReturnOrder,
    SaveProduct,
    SearchProducts,
    ShowComplements,
    ShowInvoice,
    ShowMore,
    SignOut,
    Similar,
    StartOver,
    TakeOrderDetails,
    TalkToPerson,
    Undo,
    ViewCart,
    ViewSaved,
    WhyThis,
)


def acts(context: ActionContext) -> dict[str, Act]:
    """All of them, by name."""
    if context.help is None:
        raise ValueError("the help pages are missing: give the context a HelpDesk")
    policies = AnswerPolicy(context, context.help)
    made = [
        *small_talk.every(context),
        policies,
        Fallback(context, policies),
        OutOfScope(context, policies),
        *(act(context) for act in _ACTS),
    ]
    return {act.name: act for act in made}


def executor(context: ActionContext) -> ActionExecutor:
    """An executor with all actions registered, ready for `await executor.run(call)`."""
    known = acts(context)
    conversation = Conversation(context, known)
    registered = ActionExecutor()
    for act in known.values():
        registered.register_action(RasaAction(conversation, act, f"action_{act.name}"))
    return registered
