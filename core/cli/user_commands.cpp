#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <sodium.h>

#include <livery/json.h>

#include "cli/commands.h"
#include "cli/host_database.h"
#include "cli/setup_options.h"

namespace livery::cli {

namespace {

using Json = nlohmann::ordered_json;

// What the commands work with, over the database of a running host or their own.
class Store {
 public:
    explicit Store(const HostSetup& setup)
        : where_(setup),
          pool_(where_.endpoint(), 2, std::chrono::seconds(5)),
          database_(pool_),
          core_(database_, clock_, ids_, HostKey(setup), setup.config.data_dir) {}

    db::MariadbDatabase& database() { return database_; }
    audit::AuditLog& audit() { return *core_.audit; }
    identity::IdentityService& identity() { return *core_.identity; }
    identity::SecondFactorService& second_factor() { return *core_.second_factor; }
    identity::StaffService& staff() { return *core_.staff; }

 private:
    CommandDatabase where_;
    db::Pool pool_;
    db::MariadbDatabase database_;
    adapters::SystemClock clock_;
    adapters::SystemIdSource ids_{clock_};
    CoreServices core_;
};

struct Target {
    std::string tenant;
    std::string email;
    bool staff = false;
    int most = 50;
};

// Finds the login and does `action(store, tenant, user)`; 1 when there is none.
template <class Action>
int WithUser(const Options& options, const Target& target, const Action& action) {
    if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
    Store store(SetupFor(options));
    const TenantId tenant(target.tenant);
    std::optional<Identity::User> user;
    store.database().Transact(tenant, [&](db::Transaction& tx) {
        user = store.identity().FindByEmail(tx, target.staff ? Realm::kConsole : Realm::kPortal,
                                            target.email);
    });
    if (!user) {
        fmt::print(stderr, "There is no login `{}`{} at tenant `{}`; see `livery {}`.\n",
                   target.email, target.staff ? " of the staff" : "", target.tenant,
                   target.staff ? "user list" : "tenant list");
        return 1;
    }
    action(store, tenant, *user);
    return 0;
}

void Show(const Options& options, Store& store, const TenantId& tenant,
          const Identity::User& user) {
    const auto second_factor = store.second_factor().StatusOf(tenant, user.id);
    const Json json{{"id", user.id.ToString()},
                    {"email", user.email},
                    {"name", user.display_name},
                    {"verified", user.verified},
                    {"second_factor", second_factor.on},
                    {"recovery_codes_left", second_factor.recovery_codes_left},
                    {"devices", store.identity().ListSessions(tenant, user.id).size()}};
    if (options.json) return fmt::print("{}\n", json.dump(2));
    for (const auto& [key, value] : json.items())
        fmt::print("{:<20} {}\n", key, value.is_string() ? value.get<std::string>() : value.dump());
}

void ShowAudit(const Options& options, Store& store, const TenantId& tenant,
               const Identity::User& user, int most) {
    Json list = Json::array();
    for (const auto& entry : store.audit().ListOf(tenant, user.id, Uuid(), most)) {
        if (options.json) {
            list.push_back({{"at", ToIso(entry.at)},
                            {"action", entry.action},
                            {"address", entry.address},
                            {"detail", entry.detail}});
        } else {
            fmt::print("{}  {:<28} {:<16} {}\n", ToIso(entry.at), entry.action, entry.address,
                       entry.detail);
        }
    }
    if (options.json) fmt::print("{}\n", list.dump(2));
}

// A person who has lost phone and recovery codes, and has shown who they are by other means.
void RemoveSecondFactor(const Target& target, Store& store, const TenantId& tenant,
                        const Identity::User& user) {
    Result<void> done;
    store.database().Transact(tenant, [&](db::Transaction& tx) {
        done = target.staff ? store.staff().RemoveSecondFactor(tx, user.id, {})
                            : store.second_factor().TurnOff(tx, {user.id, SessionId(), ""});
    });
    fmt::print("{}\n", done ? "Two-step verification is off." : "It was off already.");
}

void Unlock(Store& store, const TenantId& tenant, const Identity::User& user) {
    store.database().Transact(tenant,
                              [&](db::Transaction& tx) { store.identity().Unlock(tx, user.id); });
    fmt::print("The login can be tried again at once.\n");
}

void SignOutEverywhere(Store& store, const TenantId& tenant, const Identity::User& user) {
    store.identity().EndOtherSessions(tenant, user.id, SessionId());
    fmt::print("All devices are signed out.\n");
}

}  // namespace

void AddUserCommands(CLI::App& app, Options& options) {
    auto* user = app.add_subcommand("user", "Look at a login, and help somebody back in")
                     ->require_subcommand(1);
    user->footer(
        "Examples:\n  livery user show ann@x.example --tenant harbor\n"
        "  livery user audit ann@x.example --tenant harbor --json\n"
        "  livery user remove-second-factor ann@x.example --tenant harbor --staff\n\n"
        "Works beside a running host.");
    auto target = std::make_shared<Target>();
    const auto add = [&](const char* name, const char* what, auto action) {
        auto* command = user->add_subcommand(name, what);
        command->add_option("email", target->email, "The address to sign in with")->required();
        command->add_option("--tenant", target->tenant, "The tenant")->required();
        command->add_flag("--staff", target->staff, "A login of the console, not of the portal");
        command->callback([&options, target, action] {
            options.exit_code =
                WithUser(options, *target,
                         [&](Store& store, const TenantId& tenant, const Identity::User& found) {
                             action(*target, store, tenant, found);
                         });
        });
        return command;
    };
    add("show", "State of a login",
        [&options](const Target&, Store& store, const TenantId& tenant,
                   const Identity::User& found) { Show(options, store, tenant, found); });
    add("audit", "What happened with a login, newest first",
        [&options](const Target& wanted, Store& store, const TenantId& tenant,
                   const Identity::User& found) {
            ShowAudit(options, store, tenant, found, wanted.most);
        })
        ->add_option("--most", target->most, "How many entries")
        ->check(CLI::Range(1, 10000));
    add("unlock", "Forget failed tries",
        [](const Target&, Store& store, const TenantId& tenant, const Identity::User& found) {
            Unlock(store, tenant, found);
        });
    add("sign-out", "Sign out all devices",
        [](const Target&, Store& store, const TenantId& tenant, const Identity::User& found) {
            SignOutEverywhere(store, tenant, found);
        });
    add("remove-second-factor", "Turn two-step verification off for somebody who lost it",
        [](const Target& wanted, Store& store, const TenantId& tenant,
           const Identity::User& found) { RemoveSecondFactor(wanted, store, tenant, found); });
}

}  // namespace livery::cli
