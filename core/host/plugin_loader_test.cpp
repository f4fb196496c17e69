#include "host/plugin_loader.h"

#include <algorithm>
#include <fstream>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "host/elf_section.h"
#include "host/load_order.h"
#include "host/plugin_registry.h"

namespace livery::host {
namespace {

namespace fs = std::filesystem;

const fs::path kBroken = fs::path(LIVERY_BINARY_DIR) / "broken_plugins";

// The broken plugins in a folder of their own, with whatever else a test adds.
class PluginFolder {
 public:
    PluginFolder() {
        std::string pattern = (fs::temp_directory_path() / "livery-plugins-XXXXXX").string();
        root_ = ::mkdtemp(pattern.data());
    }
    ~PluginFolder() { fs::remove_all(root_); }
    PluginFolder& With(const std::string& id) {
        fs::create_directories(root_ / id);
        fs::copy_file(kBroken / id / (id + ".so"), root_ / id / (id + ".so"));
        return *this;
    }
    fs::path Write(const std::string& id, const std::string& bytes) {
        fs::create_directories(root_ / id);
        std::ofstream(root_ / id / (id + ".so")) << bytes;
        return root_ / id / (id + ".so");
    }
    const fs::path& root() const { return root_; }

    // What became of a plugin: "" when it was registered.
    std::string ReasonFor(const std::string& id) const {
        auto plugins = LoadPlugins(root_, LIVERY_SDK_HASH);
        HostServices services;
        RegisterPlugins(plugins, services);
        for (const FoundPlugin& found : plugins) {
            if (found.manifest.id == id) return found.refused;
        }
        return "not found at all";
    }

 private:
    fs::path root_;
};

bool Contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

TEST(PluginLoader, LoadsInTheOrderOfRequirements) {
    PluginFolder folder;
    folder.With("needs_base").With("good_base");
    const auto plugins = InspectPlugins(folder.root(), LIVERY_SDK_HASH);
    ASSERT_EQ(plugins.size(), 2U);
    EXPECT_EQ(plugins[0].manifest.id, "good_base");
    EXPECT_EQ(folder.ReasonFor("needs_base"), "");
}

TEST(PluginLoader, RefusesAnotherSdk) {
    PluginFolder folder;
    folder.With("wrong_hash");
    EXPECT_EQ(folder.ReasonFor("wrong_hash"),
              "built with SDK 0000000000000000, this host has " LIVERY_SDK_HASH "; build it again");
}

TEST(PluginLoader, RefusesAMissingRequirement) {
    PluginFolder folder;
    folder.With("missing_dependency").With("good_base");
    EXPECT_EQ(folder.ReasonFor("missing_dependency"),
              "requires plugin `nowhere`, which is not available");
    EXPECT_EQ(folder.ReasonFor("good_base"), "");
}

TEST(PluginLoader, RefusesACircle) {
    PluginFolder folder;
    folder.With("circle_one").With("circle_two");
    EXPECT_EQ(folder.ReasonFor("circle_one"), "requires itself in a circle (circle_two)");
    EXPECT_EQ(folder.ReasonFor("circle_two"), "requires itself in a circle (circle_one)");
}

TEST(PluginLoader, ThrowingRegisterDisablesThePluginAndThoseThatNeedIt) {
    PluginFolder folder;
    folder.With("throws_register").With("needs_throwing").With("good_base");
    EXPECT_EQ(folder.ReasonFor("throws_register"), "Register failed: out of ink");
    EXPECT_EQ(folder.ReasonFor("needs_throwing"),
              "requires plugin `throws_register`, which is not available");
    EXPECT_EQ(folder.ReasonFor("good_base"), "");
}

TEST(PluginLoader, KeepsNothingOfAPluginThatThrew) {
    PluginFolder folder;
    folder.With("throws_register");
    auto plugins = LoadPlugins(folder.root(), LIVERY_SDK_HASH);
    HostServices services;
    EXPECT_TRUE(RegisterPlugins(plugins, services).nav.empty());
}

TEST(PluginLoader, RefusesACommandThatAnotherPluginAdds) {
    PluginFolder folder;
    folder.With("errands").With("errands_again");
    EXPECT_EQ(folder.ReasonFor("errands_again"),
              "command `errand` is added by plugin `errands` already");
    EXPECT_EQ(folder.ReasonFor("errands"), "");
}

TEST(PluginLoader, RefusesAPageThatNobodyCouldOpen) {
    PluginFolder folder;
    folder.With("bad_permission").With("portal_permission");
    EXPECT_EQ(folder.ReasonFor("bad_permission"),
              "`/console/vault` asks for permission `vault.open`, which nobody declares");
    EXPECT_EQ(folder.ReasonFor("portal_permission"),
              "`/vault` is no page of the console, and asks for `vault.open`");
}

TEST(PluginLoader, RefusesACommandOfTheProgramsOwn) {
    PluginFolder folder;
    folder.With("bad_command");
    auto plugins = LoadPlugins(folder.root(), LIVERY_SDK_HASH);
    HostServices services;
    services.own_commands = {"serve"};
    EXPECT_TRUE(RegisterPlugins(plugins, services).commands.empty());
    EXPECT_EQ(plugins[0].refused, "command `serve` is one of the program's own");
}

TEST(PluginLoader, ThrowingAnIntDoesNotKillTheHost) {
    PluginFolder folder;
    folder.With("throws_int");
    EXPECT_EQ(folder.ReasonFor("throws_int"), "Register failed: it threw something unknown");
}

TEST(PluginLoader, RefusesALibraryWithoutTheEntry) {
    PluginFolder folder;
    folder.With("no_entry");
    EXPECT_TRUE(Contains(folder.ReasonFor("no_entry"), "does not export livery_plugin_entry"));
}

TEST(PluginLoader, NamesASymbolThatNobodyDefines) {
    PluginFolder folder;
    folder.With("unresolved");
    EXPECT_TRUE(Contains(folder.ReasonFor("unresolved"), "undefined symbol: _Z11FromNowherev"))
        << folder.ReasonFor("unresolved");
}

TEST(PluginLoader, RefusesAFileThatIsNoElf) {
    PluginFolder folder;
    folder.Write("script", "#!/bin/sh\necho hello\n");
    EXPECT_TRUE(
        Contains(folder.ReasonFor("script"), "is not a shared library (ELF64) of this machine"));
}

TEST(PluginLoader, RefusesAWorldWritableFile) {
    PluginFolder folder;
    folder.With("good_base");
    ::chmod((folder.root() / "good_base" / "good_base.so").c_str(), 0777);
    EXPECT_TRUE(
        Contains(folder.ReasonFor("good_base"), "can be written by others; run chmod go-w on it"));
}

TEST(PluginLoader, RefusesANameThatIsNotTheFolders) {
    PluginFolder folder;
    fs::create_directories(folder.root() / "alias");
    fs::copy_file(kBroken / "good_base" / "good_base.so", folder.root() / "alias" / "alias.so");
    EXPECT_EQ(folder.ReasonFor("alias"), "its manifest says `good_base`, its folder `alias`");
}

TEST(PluginManifest, WhatIsNoPluginSaysSo) {
    PluginFolder folder;
    const fs::path empty = folder.root() / "empty.so";
    std::ofstream(empty).flush();
    EXPECT_EQ(ReadManifest(empty).error().message,
              "is not a shared library (ELF64) of this machine");
    EXPECT_EQ(ReadManifest(folder.root()).error().message, "cannot be read");
    EXPECT_EQ(ReadManifest(folder.root() / "missing.so").error().message, "cannot be read");
}

TEST(PluginManifest, ACutFileGivesTheWholeManifestOrNone) {
    std::ifstream in(kBroken / "good_base" / "good_base.so", std::ios::binary);
    const std::string whole((std::istreambuf_iterator<char>(in)), {});
    const auto manifest = ReadElfSection(whole, ".livery.manifest");
    ASSERT_TRUE(manifest.has_value());
    int refused = 0;
    for (std::size_t size = 0; size < whole.size(); size += 37) {
        const auto part = ReadElfSection(whole.substr(0, size), ".livery.manifest");
        if (part) {
            EXPECT_EQ(*part, *manifest) << size;
        }
        refused += part ? 0 : 1;
    }
    EXPECT_GT(refused, 100);
}

}  // namespace
}  // namespace livery::host
