"""The plugin of docs/examples/woocommerce, run by PHP without WordPress around it."""

import json
import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.identity.shop_token import ShopTokens
from bot.settings import Settings

PLUGIN = Path(__file__).parents[2] / "docs" / "examples" / "woocommerce" / "aisle-chat.php"
SECRET = "a secret of the tests, of 32 bytes or more"

WORDPRESS = """<?php
define('ABSPATH', '/');
define('AISLE_SERVICE_URL', 'https://assistant.shop.example');
define('AISLE_CHAT_URL', 'https://chat.shop.example');
define('AISLE_SHOP_TOKEN_SECRET', $argv[1]);
class WP_User {
    public function __construct(
        public int $ID, public string $user_email = '', public string $display_name = '') {}
    public function exists(): bool { return $this->ID > 0; }
}
function add_action(...$all) {}
function wp_json_encode($value) { return json_encode($value); }
function wp_get_current_user() { return new WP_User(7, 'zoë@example.com', 'Zoë "Z" <b>'); }
function is_user_logged_in() { return true; }
function esc_url($url) { return htmlspecialchars($url); }
function esc_html__($text) { return htmlspecialchars($text); }
function home_url($path) { return "https://shop.example$path"; }
function rest_url($path) { return "https://shop.example/wp-json/$path"; }
function wp_create_nonce($of) { return 'n0nce'; }
require $argv[2];
ob_start();
aisle_chat();
$page = ob_get_clean();
echo json_encode([
    'token' => aisle_shop_token(wp_get_current_user()),
    'guest' => aisle_shop_token(new WP_User(0)),
    'page' => $page,
]);
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    php = shutil.which("php")
    if php is None:
        if os.environ.get("CI"):
            pytest.fail("no php on this machine; .ci/run installs it")
        pytest.skip("no php on this machine")
    script = tmp_path_factory.mktemp("wordpress") / "page.php"
    script.write_text(WORDPRESS)
    done = subprocess.run(
        [php, script, SECRET, PLUGIN], capture_output=True, text=True, check=True, timeout=60
    )
    answer: dict[str, str] = json.loads(done.stdout)
    return answer


def test_the_assistant_believes_its_token(made: dict[str, str]) -> None:
    tokens = ShopTokens.of(Settings(shop_token_secret=SECRET))
    verified = tokens.verify_shop_token(made["token"], "conversation", datetime.now(UTC))
    assert (verified.customer_id, verified.email) == ("7", "zoë@example.com")


def test_a_guest_gets_none(made: dict[str, str]) -> None:
    assert made["guest"] == ""


def test_the_page_has_the_tag_and_a_way_without_scripts(made: dict[str, str]) -> None:
    assert '<script src="https://assistant.shop.example/widget.js"' in made["page"]
    assert "<noscript><a href=" in made["page"]
    assert made["token"] not in made["page"]
