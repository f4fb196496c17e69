#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <livery/json.h>

#include "cli/api_document.h"
#include "cli/commands.h"
#include "cli/serve.h"
#include "cli/setup_options.h"

namespace livery::cli {

namespace {

using Json = nlohmann::ordered_json;

struct Wanted {
    std::string tenant;
    std::string name;
    std::string id;
    std::vector<std::string> scopes;
};

// A whole host and the tenant's keys.
class KeyRing {
 public:
    KeyRing(const Options& options, const std::string& tenant)
        : host_(SetupFor(options), Purpose::kCommand, [](const std::string&) {}),
          tenant_(host_.NeedSite(tenant)->tenant.id) {}
    OnlineHost& host() { return host_; }
    api::Keys& keys() { return host_.api_keys(); }
    const TenantId& tenant() const { return tenant_; }

 private:
    OnlineHost host_;
    TenantId tenant_;
};

int Make(const Options& options, const Wanted& wanted) {
    KeyRing ring(options, wanted.tenant);
    const auto known = ScopesOf(ring.host().contributions());
    const std::set<std::string> scopes(wanted.scopes.begin(), wanted.scopes.end());
    for (const std::string& scope : scopes) {
        if (known.contains(scope)) continue;
        fmt::print(stderr, "There is no scope `{}`. There are: {}.\n", scope,
                   fmt::join(known, ", "));
        return 64;
    }
    const auto made = ring.keys().Make(ring.tenant(), wanted.name, scopes);
    if (options.json) {
        fmt::print(
            "{}\n",
            Json{{"id", made.id.ToString()}, {"key", made.text}, {"scopes", scopes}}.dump(2));
    } else {
        fmt::print("{}\n", made.text);
        fmt::print(stderr, "This is {}. Keep it safe: it is not shown again.\n",
                   made.id.ToString());
    }
    return 0;
}

void List(const Options& options, const Wanted& wanted) {
    KeyRing ring(options, wanted.tenant);
    Json list = Json::array();
    for (const api::StoredKey& key : ring.keys().List(ring.tenant())) {
        list.push_back({{"id", key.id.ToString()},
                        {"name", key.name},
                        {"scopes", key.scopes},
                        {"created_at", ToIso(key.created_at)},
                        {"revoked_at", key.revoked_at ? Json(ToIso(*key.revoked_at)) : Json()}});
        if (options.json) continue;
        fmt::print("{}  {:<24} {}  {}\n", key.id.ToString(), key.name,
                   key.revoked_at ? "revoked " + ToIso(*key.revoked_at) : "in use", key.scopes);
    }
    if (options.json) return fmt::print("{}\n", list.dump(2));
    if (list.empty())
        fmt::print(stderr, "There is no key yet; make one with `livery api-key create`.\n");
}

int Revoke(const Options& options, const Wanted& wanted) {
    KeyRing ring(options, wanted.tenant);
    const auto id = ApiKeyId::Parse(wanted.id);
    if (!id || !ring.keys().Revoke(ring.tenant(), *id)) {
        fmt::print(stderr, "There is no key `{}` in use; see `livery api-key list`.\n", wanted.id);
        return 1;
    }
    fmt::print("The key opens nothing any more.\n");
    return 0;
}

}  // namespace

void AddApiKeyCommands(CLI::App& app, Options& options) {
    auto* keys =
        app.add_subcommand("api-key", "Keys of programs that call the API")->require_subcommand(1);
    keys->footer(
        "Examples:\n  livery api-key create --tenant harbor --name crm --scopes "
        "accounts:read,catalog:read\n  livery api-key list --tenant harbor --json\n"
        "  livery api-key revoke key_… --tenant harbor\n\n"
        "Works beside a running host; a revoked key is refused at once.");
    const auto wanted = std::make_shared<Wanted>();
    const auto add = [&](const char* name, const char* what) {
        auto* command = keys->add_subcommand(name, what);
        command->add_option("--tenant", wanted->tenant, "The tenant")->required();
        return command;
    };
    auto* create = add("create", "Make a key; it is printed once");
    create->add_option("--name", wanted->name, "What it is for")
        ->required()
        ->check(CLI::Validator(
            [](std::string& name) {
                return name.empty() || name.size() > 80 ? "1 to 80 characters" : "";
            },
            "NAME"));
    create->add_option("--scopes", wanted->scopes, "What it allows, by commas")
        ->required()
        ->delimiter(',');
    create->callback([&options, wanted] { options.exit_code = Make(options, *wanted); });
    add("list", "All keys of a tenant")->callback([&options, wanted] { List(options, *wanted); });
    auto* revoke = add("revoke", "Make a key worthless");
    revoke->add_option("id", wanted->id, "The key's id")->required();
    revoke->callback([&options, wanted] { options.exit_code = Revoke(options, *wanted); });
}

}  // namespace livery::cli
