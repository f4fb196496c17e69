#include <cstdlib>
#include <filesystem>

#include <fmt/format.h>

#include "cli/runtime.h"
#include "config/yaml_document.h"

namespace livery::cli {

namespace fs = std::filesystem;

HostSetup LoadSetup(const std::string& config_file) {
    HostSetup setup;
    const std::string file =
        config_file.empty() && fs::exists("livery.yaml") ? "livery.yaml" : config_file;
    if (!file.empty()) {
        config::Problems problems;
        if (const auto node = config::LoadYaml(file, problems)) {
            setup.config = config::HostConfig::Schema().Read(*node, config::Reader(file, problems));
        }
        if (!problems.empty()) throw ConfigProblems(std::move(problems));
    }
    setup.plugins_dir = setup.config.plugins_dir.empty()
                            ? fs::read_symlink("/proc/self/exe").parent_path() / "plugins"
                            : fs::path(setup.config.plugins_dir);
    return setup;
}

fs::path HostSetup::gateways_dir() const {
    if (!config.gateways_dir.empty()) return config.gateways_dir;
    // Absolute, so that files are named so in what is said of them.
    return fs::absolute(plugins_dir).parent_path() / "gateways";
}

fs::path HostSetup::secrets_dir() const {
    return config.secrets_dir.empty() ? fs::path(config.data_dir) / "secrets"
                                      : fs::path(config.secrets_dir);
}

db::Endpoint ExternalEndpoint(const config::DatabaseConfig& config) {
    const char* password =
        config.password_env.empty() ? nullptr : std::getenv(config.password_env.c_str());
    return {
        config.socket, config.host, config.port, config.user, password == nullptr ? "" : password,
        config.name};
}

std::string PublicOrigin(const config::ListenConfig& listen) {
    const bool tls = !listen.certificate.empty();
    const int usual = tls ? 443 : 80;
    const std::string port = listen.port == usual ? "" : fmt::format(":{}", listen.port);
    return fmt::format("{}://{{host}}{}", tls ? "https" : "http", port);
}

}  // namespace livery::cli
