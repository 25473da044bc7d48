<?php
// Sets WordPress up with the stories: php wordpress.php WWW STORIES.json. Prints an application password.
// phpcs:ignoreFile
[, $www, $file] = $argv;
$plan = json_decode(file_get_contents($file), true);
$new = $plan['step'] === 'install';
$new && define('WP_INSTALLING', true);
require "$www/wp-load.php";
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
require_once ABSPATH . 'wp-admin/includes/image.php';

if ($new) {
    wp_install('The Bench Courier', 'editor', 'editor@example.org', true, '', $plan['password']);
    foreach ([1, 2, 3] as $sample) {  // what every new WordPress says: hello, a sample page, a draft
        wp_delete_post($sample, true);
    }
    update_option('permalink_structure', '/%postname%/');
    update_option('default_comment_status', 'closed');
    update_option('default_ping_status', 'closed');
    flush_rewrite_rules(false);
    [$secret] = WP_Application_Passwords::create_new_application_password(1, ['name' => 'bench']);
    echo $secret;
    exit;
}

$sections = [];
foreach ($plan['sections'] as $key => $name) {
    $sections[$key] = wp_insert_term($name, 'category', ['slug' => $key])['term_id'];
}
$pictures = [];
foreach ($plan['pictures'] as $key => $picture) {
    $upload = wp_upload_bits(basename($picture['file']), null, file_get_contents($picture['file']));
    $id = wp_insert_attachment(
        ['post_mime_type' => 'image/jpeg', 'post_title' => $key, 'post_excerpt' => $picture['caption'],
         'post_status' => 'inherit'],
        $upload['file']
    );
    wp_update_attachment_metadata($id, wp_generate_attachment_metadata($id, $upload['file']));
    update_post_meta($id, '_wp_attachment_image_alt', $picture['alt']);
    $pictures[$key] = $id;
}
foreach ($plan['stories'] as $story) {
    $id = wp_insert_post(wp_slash([
        'post_title' => $story['headline'], 'post_name' => $story['slug'], 'post_status' => 'publish',
        'post_excerpt' => $story['standfirst'], 'post_content' => $story['content'], 'post_author' => 1,
        'post_category' => [$sections[$story['section']]],
        'post_date' => $story['published'], 'post_date_gmt' => $story['published'],
    ]), true);
    if (is_wp_error($id)) {
        fwrite(STDERR, $id->get_error_message());
        exit(1);
    }
    if ($story['picture']) {
        set_post_thumbnail($id, $pictures[$story['picture']]);
    }
}
