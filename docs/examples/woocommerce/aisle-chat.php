<?php
/**
 * Plugin Name: Aisle chat
 * Description: The shop's own assistant in a bubble on every page, for customers who are logged in, too.
 * Version: 1.0
 * Requires at least: 6.3
 * Requires PHP: 8.1
 * License: Apache-2.0
 *
 * Set in wp-config.php:
 *   define('AISLE_SERVICE_URL', 'https://assistant.shop.example');
 *   define('AISLE_CHAT_URL', 'https://chat.shop.example');
 *   define('AISLE_SHOP_TOKEN_SECRET', '…');  // the assistant's own, 32 bytes at least
 */

defined('ABSPATH') || exit;

/** A JWT (HS256) that says who is logged in, good for five minutes; empty for a guest. */
function aisle_shop_token(WP_User $user): string {
    if (!$user->exists() || !defined('AISLE_SHOP_TOKEN_SECRET')) {
        return '';
    }
    $encoded = static fn(string $bytes): string => rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
    $now = time();
    $head = $encoded(wp_json_encode(['alg' => 'HS256', 'typ' => 'JWT']));
    $claims = $encoded(wp_json_encode([
        'sub' => (string) $user->ID, 'email' => $user->user_email, 'name' => $user->display_name,
        'aud' => 'aisle', 'iat' => $now, 'exp' => $now + 300,
    ]));
    $signature = hash_hmac('sha256', "$head.$claims", AISLE_SHOP_TOKEN_SECRET, true);
    return "$head.$claims." . $encoded($signature);
}

/** Pages come from a cache, so the token is asked for by the browser of whoever is logged in. */
function aisle_token_route(): void {
    register_rest_route('aisle/v1', '/token', [
        'methods' => 'GET',
        'permission_callback' => static fn(): bool => is_user_logged_in(),
        'callback' => static function (): WP_REST_Response {
            $answer = new WP_REST_Response(['token' => aisle_shop_token(wp_get_current_user())]);
            $answer->header('Cache-Control', 'no-store');
            return $answer;
        },
    ]);
}
add_action('rest_api_init', 'aisle_token_route');

function aisle_chat(): void {
    printf(
        '<script src="%s/widget.js" data-chat-url="%s" data-cart="%d" defer></script>',
        esc_url(AISLE_SERVICE_URL),
        esc_url(AISLE_CHAT_URL),
        function_exists('WC') && WC()->cart ? WC()->cart->get_cart_contents_count() : 0
    );
    printf('<noscript><a href="%s">%s</a></noscript>', esc_url(home_url('/contact')), esc_html__('Contact us'));
    if (!is_user_logged_in()) {
        return;
    }
    printf(
        '<script>customElements.whenDefined("aisle-chat").then(async () => {
            const answer = await fetch(%s, { headers: { "X-WP-Nonce": %s } });
            if (answer.ok) document.querySelector("aisle-chat").identify((await answer.json()).token);
        });</script>',
        wp_json_encode(rest_url('aisle/v1/token')),
        wp_json_encode(wp_create_nonce('wp_rest'))
    );
}
add_action('wp_footer', 'aisle_chat');
