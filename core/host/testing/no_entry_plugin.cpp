// A manifest, but nothing to call.
extern "C" __attribute__((section(".livery.manifest"), used, visibility("hidden")))
const char livery_plugin_manifest[] = LIVERY_PLUGIN_MANIFEST;
