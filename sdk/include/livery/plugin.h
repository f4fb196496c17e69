#pragma once

#include <livery/registrar.h>

namespace livery {

// The native tier's entry: one object per plugin, made once, never unloaded. Register is a table
// of contents: it names what the plugin contributes and holds no logic.
class Plugin {
 public:
    virtual ~Plugin();
    virtual void Register(Registrar& registrar) = 0;
};

}  // namespace livery

// The whole of what a plugin exports, and the manifest that the host reads from the file before it
// runs any of it. LIVERY_PLUGIN_MANIFEST comes from add_livery_plugin (CMake).
#define LIVERY_PLUGIN(Class)                                                                   \
    extern "C" __attribute__((section(".livery.manifest"), used, visibility("hidden")))        \
    const char livery_plugin_manifest[] = LIVERY_PLUGIN_MANIFEST;                              \
    extern "C" __attribute__((visibility("default"))) ::livery::Plugin* livery_plugin_entry(); \
    extern "C" ::livery::Plugin* livery_plugin_entry() {                                       \
        static Class plugin;                                                                   \
        return &plugin;                                                                        \
    }
