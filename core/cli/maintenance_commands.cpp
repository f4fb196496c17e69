#include <fstream>
#include <sstream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <livery/card_number.h>
#include <livery/json.h>

#include "cli/commands.h"
#include "cli/host_database.h"
#include "cli/setup_options.h"
#include "config/json_schema.h"
#include "gateways/gateway_files.h"
#include "gateways/message_book.h"
#include "http/front/nginx_config.h"
#include "mail/message.h"
#include "tenancy/tenant_config.h"
#include "view/theme.h"

namespace livery::cli {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

// Files that are right in themselves, beside what was done by them before. Asks the server of a
// running host; without one the private server is started for the question.
void CompareWithDatabase(const HostSetup& setup, const OfflineHost& host,
                         config::Problems& problems) {
    const CommandDatabase joined(setup);
    const auto all = db::ReadMigrations(MigrationSources(setup, host.plugins));
    if (!db::Migrator(joined.endpoint()).Pending(all).empty())
        throw std::runtime_error("the database is not that of this program, see `livery migrate`");
    db::Pool pool(joined.endpoint(), 1, std::chrono::seconds(5));
    db::MariadbDatabase database(pool);
    tenancy::HouseSources sources = host.sources;
    sources.database = &database;
    const auto house = tenancy::BuildHouse(sources, nullptr, false, problems);
    if (!house) return;
    for (const auto& [tenant, refused] : house->refused) {
        for (const config::Problem& problem : refused.list()) problems.Add(problem);
    }
}

int Validate(const Options& options) {
    config::Problems problems;
    std::vector<std::string> advice;
    try {
        const HostSetup setup = SetupFor(options);
        const OfflineHost host(setup);
        tenancy::BuildHouse(host.sources, nullptr, true, problems, &advice);
        try {
            if (problems.empty()) CompareWithDatabase(setup, host, problems);
        } catch (const std::exception& error) {
            advice.push_back(
                fmt::format("the catalogs were not compared with what is sold: {}", error.what()));
        }
    } catch (const ConfigProblems& found) {
        for (const config::Problem& problem : found.problems().list()) problems.Add(problem);
    }
    // What is wrong repeats what somebody wrote.
    if (options.json) {
        Json list = Json::array();
        for (const config::Problem& problem : problems.list()) {
            list.push_back({{"file", problem.file},
                            {"line", problem.at.line},
                            {"column", problem.at.column},
                            {"key", WithoutCardNumbers(problem.key)},
                            {"message", WithoutCardNumbers(problem.message)}});
        }
        fmt::print("{}\n", Json{{"problems", list}, {"advice", advice}}.dump(2));
    } else {
        for (const config::Problem& problem : problems.list())
            fmt::print("{}\n", WithoutCardNumbers(problem.ToString()));
        for (const std::string& text : advice) fmt::print(stderr, "note: {}\n", text);
        if (problems.empty()) fmt::print("Everything is in order.\n");
    }
    return problems.empty() ? 0 : 1;
}

int Migrate(const Options& options) {
    const OnlineHost host(SetupFor(options), Purpose::kServe, [&](const std::string& text) {
        if (!options.quiet) fmt::print(stderr, "  {}\n", text);
    });
    fmt::print("{}\n", options.json ? "{\"state\":\"up to date\"}" : "The database is up to date.");
    return 0;
}

// 0: up to date, 2: there is something to do.
int MigrationPlan(const Options& options) {
    constexpr int kPending = 2;
    const std::vector<db::Migration> pending = PendingMigrations(SetupFor(options));
    if (options.json) {
        Json list = Json::array();
        for (const db::Migration& migration : pending)
            list.push_back({{"component", migration.component},
                            {"number", migration.number},
                            {"name", migration.name}});
        fmt::print("{}\n", Json{{"pending", list}}.dump(2));
    } else {
        for (const db::Migration& migration : pending)
            fmt::print("{}/{}\n", migration.component, migration.name);
        if (pending.empty()) fmt::print("The database is up to date.\n");
    }
    return pending.empty() ? 0 : kPending;
}

struct Finding {
    std::string what;
    bool fine;
    std::string advice;
};

std::vector<Finding> Examine(const Options& options) {
    std::vector<Finding> findings;
    const HostSetup setup = SetupFor(options);
    const auto program = [&](const char* path, const char* package) {
        findings.push_back(
            {path, fs::exists(path), fmt::format("install the package {}", package)});
    };
    if (setup.config.front == "embedded") {
        program("/usr/sbin/nginx", "nginx-light");
        // Without it the front still works, but names itself in every answer.
        program(http::kHeadersModule, "libnginx-mod-http-headers-more-filter");
    }
    if (setup.config.database.embedded()) {
        program("/usr/sbin/mariadbd", "mariadb-server-core");
    } else {
        std::string wrong;
        try {
            db::Connection connection(ExternalEndpoint(setup.config.database));
        } catch (const std::exception& error) {
            wrong = error.what();
        }
        findings.push_back({"database server", wrong.empty(), wrong});
    }
    std::error_code error;
    fs::create_directories(setup.config.data_dir, error);
    const auto space = fs::space(setup.config.data_dir, error);
    findings.push_back(
        {"data folder " + setup.config.data_dir, !error, "make it writable, or set data_dir"});
    findings.push_back({"disk space", !error && space.available > (512ULL << 20U),
                        "less than 512 MiB is free; make room"});
    const OfflineHost host(setup);
    for (const auto& found : host.plugins)
        findings.push_back({"plugin " + found.manifest.id, found.refused.empty(), found.refused});
    for (const auto& file : host.gateway_files().All())
        findings.push_back({"gateway " + file->manifest.id, file->refused.empty(), file->refused});
    config::Problems problems;
    tenancy::BuildHouse(host.sources, nullptr, true, problems);
    findings.push_back({"configuration", problems.empty(), "run `livery validate`"});
    return findings;
}

int Doctor(const Options& options) {
    const std::vector<Finding> findings = Examine(options);
    Json list = Json::array();
    bool fine = true;
    for (const Finding& finding : findings) {
        fine = fine && finding.fine;
        if (options.json) {
            list.push_back({{"check", finding.what},
                            {"ok", finding.fine},
                            {"advice", finding.fine ? "" : finding.advice}});
        } else {
            fmt::print("{} {}{}\n", finding.fine ? "ok  " : "BAD ", finding.what,
                       finding.fine ? "" : ": " + finding.advice);
        }
    }
    if (options.json) fmt::print("{}\n", list.dump(2));
    return fine ? 0 : 1;
}

int Mail(const Options& options, const std::string& id) {
    const fs::path folder = fs::path(SetupFor(options).config.data_dir) / "mail";
    if (!id.empty()) {
        const fs::path file = folder / (fs::path(id).filename().string() + ".eml");
        std::ifstream in(file, std::ios::binary);
        if (!in) {
            fmt::print(stderr, "There is no mail `{}`; see `livery mail`.\n", id);
            return 1;
        }
        std::ostringstream text;
        text << in.rdbuf();
        fmt::print("{}", text.str());
        return 0;
    }
    std::vector<fs::path> files;
    if (fs::is_directory(folder)) {
        for (const auto& entry : fs::directory_iterator(folder)) {
            if (entry.path().extension() == ".eml") files.push_back(entry.path());
        }
    }
    std::sort(files.begin(), files.end());
    Json list = Json::array();
    for (const fs::path& file : files) {
        std::ifstream in(file, std::ios::binary);
        auto head = mail::HeadersOf(in);
        if (options.json) {
            list.push_back({{"id", file.stem().string()},
                            {"to", head["To"]},
                            {"subject", head["Subject"]},
                            {"date", head["Date"]},
                            {"file", file.string()}});
        } else {
            fmt::print("{}  {}  {}\n    {}\n", file.stem().string(), head["Date"], head["To"],
                       head["Subject"]);
        }
    }
    if (options.json) fmt::print("{}\n", list.dump(2));
    return 0;
}

int Schemas(const Options& options, const std::string& folder) {
    fs::create_directories(folder);
    const auto write = [&](const std::string& name, const config::TypeDoc& doc) {
        std::ofstream(fs::path(folder) / name) << config::ToJsonSchema(doc, name);
    };
    write("livery.schema.json", config::HostConfig::Schema().doc());
    write("tenant.schema.json", tenancy::TenantConfig::Schema().doc());
    write("theme.schema.json", view::ThemeConfig::Schema().doc());
    // The files that plugins bring.
    const OfflineHost host(SetupFor(options));
    for (const auto& [plugin, settings] : host.contributions.settings) {
        if (!settings.file.empty())
            write(fs::path(settings.file).stem().string() + ".schema.json", settings.doc);
    }
    // What gateways and the host say to each other.
    const fs::path messages = fs::path(folder) / "gateway-v1";
    fs::create_directories(messages);
    for (const auto& [name, text] : gateways::PublishedMessages())
        std::ofstream(messages / (name + ".json")) << text;
    return 0;
}

}  // namespace

void AddMaintenanceCommands(CLI::App& app, Options& options) {
    auto* validate = app.add_subcommand(
        "validate", "Check every file of every tenant, theme and plugin; report all problems");
    validate->footer(
        "Examples:\n  livery validate\n  livery validate --tenants /etc/livery/tenants "
        "--json\n\nWhere a database is "
        "reached, catalogs are compared with what is sold; otherwise a note says that they were "
        "not.");
    validate->callback([&options] { options.exit_code = Validate(options); });

    auto* migrate = app.add_subcommand("migrate", "Bring the database up to date");
    migrate->footer(
        "Examples:\n  livery migrate --data /var/lib/livery\n  livery migrate --plan --json\n\n"
        "Exit codes of --plan: 0 up to date, 2 migrations are pending.");
    auto plan = std::make_shared<bool>(false);
    migrate->add_flag("--plan", *plan, "Change nothing; list the migrations that are pending");
    migrate->callback([&options, plan] {
        options.exit_code = *plan ? MigrationPlan(options) : Migrate(options);
    });

    auto* doctor = app.add_subcommand(
        "doctor", "Examine the machine and the configuration, and say how to mend what is wrong");
    doctor->footer("Example:\n  livery doctor --json");
    doctor->callback([&options] { options.exit_code = Doctor(options); });

    auto* mail = app.add_subcommand("mail", "List spooled mail, or print one message");
    mail->footer("Examples:\n  livery mail\n  livery mail 1BoatSLRHtKNngkdXEeobR");
    auto id = std::make_shared<std::string>();
    mail->add_option("id", *id, "The message to print");
    mail->callback([&options, id] { options.exit_code = Mail(options, *id); });

    auto* schema =
        app.add_subcommand("schema", "Write the JSON Schemas of the YAML files into a folder");
    schema->footer("Example:\n  livery schema sdk/schema");
    auto folder = std::make_shared<std::string>();
    schema->add_option("folder", *folder, "Where to")->required();
    schema->callback([&options, folder] { options.exit_code = Schemas(options, *folder); });

    auto* version = app.add_subcommand("version", "What this is");
    version->footer("Example:\n  livery version --json");
    version->callback([&options] {
        fmt::print(fmt::runtime(options.json ? "{{\"version\":\"{}\",\"sdk\":\"{}\"}}\n"
                                             : "livery {} (SDK {})\n"),
                   LIVERY_VERSION, LIVERY_SDK_HASH);
    });
}

}  // namespace livery::cli
