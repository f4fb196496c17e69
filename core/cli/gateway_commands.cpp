#include <cerrno>
#include <cstring>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include <livery/json.h>

#include "cli/commands.h"
#include "cli/gateway_services.h"
#include "cli/gateway_template.h"
#include "cli/serve.h"
#include "cli/setup_options.h"

namespace livery::cli {

namespace {

using Json = nlohmann::ordered_json;
using gateways::GatewayFile;

// Where the signature of a webhook stands.
std::string WordsOf(const gateways::WebhookScheme& scheme) {
    return scheme.items ? fmt::format("signed in {} of each of {}", scheme.items->signature,
                                      scheme.items->items)
                        : "signed in " + scheme.header;
}

std::string WordsOf(const gateways::Certified& certified) {
    if (!certified.certificate) return "not certified: " + certified.missing;
    const gateways::Certificate& certificate = *certified.certificate;
    return fmt::format("{} by kit {} on {}", certificate.level, certificate.kit, certificate.date);
}

Json ToJson(const GatewayFile& file) {
    const auto& manifest = file.manifest;
    return {{"id", manifest.id},
            {"state", file.refused.empty() ? "usable" : "disabled"},
            {"reason", file.refused},
            {"certified",
             file.certified.certificate ? Json(file.certified.certificate->level) : Json()},
            {"uncertified", file.certified.missing},
            {"sha256", file.sha256},
            {"file", file.path.string()},
            {"version", manifest.version},
            {"name", manifest.name},
            {"contract", fmt::format("{}.{}", manifest.abi_major, manifest.abi_minor)},
            {"sandbox_only", manifest.sandbox_only},
            {"methods", manifest.methods},
            {"currencies", manifest.currencies},
            {"can", manifest.can},
            {"webhook", manifest.webhook ? Json(WordsOf(*manifest.webhook)) : Json()},
            {"config", Json::parse(manifest.config.dump())}};
}

void List(const Options& options) {
    const HostSetup setup = SetupFor(options);
    gateways::GatewayFiles files(setup.gateways_dir(), GatewayHelperProgram());
    Json list = Json::array();
    for (const auto& file : files.All()) {
        list.push_back(ToJson(*file));
        if (options.json) continue;
        fmt::print("{:<16} {:<8} {}\n", file->manifest.id, file->manifest.version,
                   file->refused.empty() ? "usable, " + WordsOf(file->certified)
                                         : "disabled: " + file->refused);
    }
    if (options.json) return fmt::print("{}\n", list.dump(2));
    if (list.empty())
        fmt::print(stderr, "There is no gateway in {}.\n", setup.gateways_dir().string());
}

// A line for each key of its configuration: what it is, and whether it must be there.
void PrintConfig(const nlohmann::json& schema) {
    for (const auto& [key, property] : schema.at("properties").items()) {
        const auto& required = schema.at("required");
        const bool needed = std::find(required.begin(), required.end(), key) != required.end();
        std::string kind = property.value("type", "any");
        if (property.value("x-secret", false)) kind = "name of a secret";
        if (property.contains("x-hosts")) kind = "URL on " + property["x-hosts"].dump();
        if (property.contains("enum")) kind = property["enum"].dump();
        fmt::print("  {:<16} {}{}  {}\n", key, kind, needed ? "" : ", optional",
                   property.value("description", ""));
    }
}

int Inspect(const Options& options, const std::string& path) {
    const GatewayFile file =
        gateways::GatewayFiles::Examine(std::filesystem::absolute(path), GatewayHelperProgram());
    const auto& manifest = file.manifest;
    if (options.json) {
        fmt::print("{}\n", ToJson(file).dump(2));
    } else if (!file.refused.empty()) {
        fmt::print("disabled: {}\n", file.refused);
    } else {
        fmt::print("{} {} ({}), contract {}.{}{}\n", manifest.id, manifest.version, manifest.name,
                   manifest.abi_major, manifest.abi_minor,
                   manifest.sandbox_only ? ", for sandboxes only" : "");
        fmt::print("certified   {}\n", WordsOf(file.certified));
        fmt::print("methods     {}\ncurrencies  {}\ncan         {}\nwebhook     {}\nconfig\n",
                   fmt::join(manifest.methods, ", "), fmt::join(manifest.currencies, ", "),
                   fmt::join(manifest.can, ", "),
                   manifest.webhook ? WordsOf(*manifest.webhook) : "none");
        PrintConfig(manifest.config);
    }
    return file.refused.empty() ? 0 : 1;
}

struct Wanted {
    std::string tenant;
    std::string instance;
};

// What is wrong with one of a tenant's gateways, as its provider says; empty: nothing.
std::string Objection(Gateways& gateways, const Tenant& tenant, const std::string& instance) {
    const auto reply = gateways.Call(tenant, {instance, "check_config/1", "{}"});
    if (reply.fate != Gateways::Fate::kAnswered) return reply.fault;
    const auto error = nlohmann::json::parse(reply.message).value("error", nlohmann::json());
    if (!error.is_object()) return "";
    std::string text = error.value("category", "");
    for (const char* key : {"field", "provider_code", "provider_message"})
        if (error.contains(key)) text += " " + error[key].get<std::string>();
    return text;
}

// What is to be known of the file beside whether it works; of a sandbox only this says it.
std::string NoteOn(gateways::GatewayFiles& files, const std::string& gateway) {
    const auto file = files.Find(gateway);
    if (file == nullptr) return "";
    return (file->certified.certificate ? "certified as " : "warning: ") + WordsOf(file->certified);
}

int Check(const Options& options, const Wanted& wanted) {
    UnblockSignals();
    gateways::GatewayFiles files(SetupFor(options).gateways_dir(), GatewayHelperProgram());
    OnlineHost host(SetupFor(options), Purpose::kCommand, [](const std::string&) {});
    const auto site = host.NeedSite(wanted.tenant);
    Json list = Json::array();
    bool fine = true;
    for (const auto& instance : host.gateways().Of(site->tenant)) {
        if (!wanted.instance.empty() && instance.id != wanted.instance) continue;
        const std::string wrong = Objection(host.gateways(), site->tenant, instance.id);
        fine = fine && wrong.empty();
        list.push_back({{"instance", instance.id},
                        {"gateway", instance.gateway},
                        {"ok", wrong.empty()},
                        {"note", NoteOn(files, instance.gateway)},
                        {"reason", wrong}});
        if (options.json) continue;
        fmt::print("{} {} ({}){}\n", wrong.empty() ? "ok  " : "BAD ", instance.id, instance.gateway,
                   wrong.empty() ? "" : ": " + wrong);
        fmt::print("     {}\n", NoteOn(files, instance.gateway));
    }
    if (options.json) fmt::print("{}\n", list.dump(2));
    if (list.empty())
        fmt::print(
            stderr, "Tenant `{}` has no {}; see `gateways` in its tenant.yaml.\n", wanted.tenant,
            wanted.instance.empty() ? "gateway" : fmt::format("gateway `{}`", wanted.instance));
    return fine && !list.empty() ? 0 : 1;
}

// The kit is a program of its own, which the SDK ships: who writes a gateway needs no host for it.
int Certify(const std::vector<std::string>& arguments) {
    const auto here = std::filesystem::read_symlink("/proc/self/exe").parent_path();
    const std::string program = (here / "livery-certify").string();
    std::vector<char*> words{const_cast<char*>(program.c_str())};
    for (const std::string& word : arguments) words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    ::execv(program.c_str(), words.data());
    fmt::print(stderr, "{} cannot be started: {}\n", program, std::strerror(errno));
    return 1;
}

int New(const std::string& name) {
    // Beside this program, as its plugins and migrations.
    const auto here = std::filesystem::read_symlink("/proc/self/exe").parent_path();
    const auto made = MakeGatewayProject(name, ".", here / "gateway_template");
    if (!made) {
        fmt::print(stderr, "{}\n", made.error().message);
        return 1;
    }
    fmt::print("{} is made; its README says how to build it.\n", made->string());
    return 0;
}

}  // namespace

void AddGatewayCommands(CLI::App& app, Options& options) {
    auto* gateway =
        app.add_subcommand("gateway", "Gateways: what is installed, and whether it works")
            ->require_subcommand(1);
    gateway->footer(
        "Examples:\n  livery gateway list\n  livery gateway inspect ./acme.so\n  livery gateway "
        "check --tenant harbor --instance cards\n  livery gateway new acme-pay\n  livery gateway "
        "certify ./acme.so --html acme.html\n\nThe code of a "
        "gateway runs in a confined "
        "process of its own, here too.");
    gateway->add_subcommand("list", "Every installed gateway, and whether it may be used")
        ->callback([&options] { List(options); });
    auto* inspect =
        gateway->add_subcommand("inspect", "What a file says of itself, and whether it would load");
    const auto file = std::make_shared<std::string>();
    inspect->add_option("file", *file, "The gateway's .so")->required();
    inspect->callback([&options, file] { options.exit_code = Inspect(options, *file); });
    auto* check = gateway->add_subcommand(
        "check", "Ask the providers of a tenant whether its credentials work; moves no money");
    const auto wanted = std::make_shared<Wanted>();
    check->add_option("--tenant", wanted->tenant, "The tenant")->required();
    check->add_option("--instance", wanted->instance, "One of its gateways; without it all");
    auto* make = gateway->add_subcommand("new", "Make a project for a new gateway in this folder");
    const auto name = std::make_shared<std::string>();
    make->add_option("name", *name, "Its id: a-z, 0-9 and -")->required();
    make->callback([&options, name] { options.exit_code = New(*name); });
    auto* certify = gateway->add_subcommand(
        "certify", "Try a gateway as the contract wants it, and leave its certificate beside it");
    certify->footer(
        "certify FILE.so [--double COMMAND] [--json FILE] [--html FILE] [--only PART]\n\n"
        "COMMAND starts a double of the provider; without it the provider is Pelican Pay.");
    // All words are the kit's, those that this program has too (--json) among them.
    certify->fallthrough(false)->prefix_command();
    certify->callback([&options, certify] { options.exit_code = Certify(certify->remaining()); });
    check->callback([&options, wanted] { options.exit_code = Check(options, *wanted); });
}

}  // namespace livery::cli
