"""Every action of the assistant, behind rasa-sdk's executor."""

from rasa_sdk.executor import ActionExecutor

from bot.actions import small_talk
from bot.actions.answer_policy import AnswerPolicy
from bot.actions.context import ActionContext
from bot.actions.deny import Deny
from bot.actions.fallback import Fallback
from bot.actions.order_status import OrderStatusAnswer
from bot.actions.out_of_scope import OutOfScope
from bot.actions.policy_sections import PolicySections
from bot.actions.product_details import ProductDetails
from bot.actions.refine_search import RefineSearch
from bot.actions.search_products import SearchProducts
from bot.actions.show_more import ShowMore
from bot.actions.validate_order_status_form import ValidateOrderStatusForm


def executor(context: ActionContext) -> ActionExecutor:
    """An executor with all actions registered, ready for `await executor.run(call)`."""
    registered = ActionExecutor()
    for action in (
        *small_talk.every(context),
        AnswerPolicy(context, PolicySections(context.search.encoder)),
        Deny(context),
        Fallback(context),
        OrderStatusAnswer(context),
        OutOfScope(context),
        ProductDetails(context),
        RefineSearch(context),
        SearchProducts(context),
        ShowMore(context),
        ValidateOrderStatusForm(context),
    ):
        registered.register_action(action)
    return registered
