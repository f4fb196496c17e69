#include "cli/demo_provider.h"

#include <fstream>
#include <optional>
#include <stdexcept>
#include <thread>

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <unistd.h>

#include "config/yaml_document.h"
#include "log/log.h"

namespace livery::cli {

namespace fs = std::filesystem;

namespace {

constexpr const char* kGateway = "sandbox";
constexpr const char* kApiKey = "sandbox-api-key";
constexpr const char* kHookKey = "sandbox-hook-key";

fs::path FolderIn(const fs::path& data) { return fs::absolute(data) / "provider"; }

std::string FirstLineOf(const fs::path& file) {
    std::ifstream in(file);
    std::string line;
    std::getline(in, line);
    return line;
}

// For our eyes alone; as a whole or not at all.
void WriteSecretly(const fs::path& path, const std::string& text) {
    const fs::path fresh = path.string() + ".new";
    const int file = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    const bool written =
        file >= 0 && ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    if (file >= 0) ::close(file);
    if (!written || ::rename(fresh.c_str(), path.c_str()) != 0)
        throw std::runtime_error(fmt::format("{} cannot be written", path.string()));
}

// As the folder of secrets holds it; drawn when it is first asked for.
std::string KeyOf(const fs::path& secrets, const std::string& tenant, const char* name) {
    const fs::path path = secrets / tenant / name;
    if (!fs::exists(path)) {
        fs::create_directories(path.parent_path());
        fs::permissions(path.parent_path(), fs::perms::owner_all);
        unsigned char random[16];
        randombytes_buf(random, sizeof random);
        std::string key;
        for (const unsigned char byte : random) key += fmt::format("{:02x}", byte);
        WriteSecretly(path, key + "\n");
    }
    return FirstLineOf(path);
}

std::string TextAt(const config::Node& node, std::string_view key) {
    const config::Node* found = node.Find(key);
    return found == nullptr ? "" : found->text;
}

struct DemoTenant {
    std::string host;
    std::string instance;
};

// nullopt: none of ours. What is wrong with the file is told when it is read as a tenant's.
std::optional<DemoTenant> ReadDemoTenant(const fs::path& file) {
    config::Problems problems;
    const auto node = fs::exists(file) ? config::LoadYaml(file, problems) : std::nullopt;
    if (!node) return std::nullopt;
    const std::string mode = TextAt(*node, "mode");
    const config::Node* hosts = node->Find("hosts");
    const config::Node* gateways = node->Find("gateways");
    if ((mode != "demo" && mode != "sandbox") || hosts == nullptr || hosts->items.empty() ||
        gateways == nullptr)
        return std::nullopt;
    for (const config::Node& entry : gateways->items) {
        if (TextAt(entry, "gateway") == kGateway)
            return DemoTenant{hosts->items.front().text, TextAt(entry, "id")};
    }
    return std::nullopt;
}

sockaddr_in OnThisMachine(int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = ::htonl(INADDR_LOOPBACK);
    address.sin_port = ::htons(static_cast<std::uint16_t>(port));
    return address;
}

// On this machine; 0 = one that is free. -1 = it is taken.
int Reserve(int port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int yes = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    sockaddr_in address = OnThisMachine(port);
    socklen_t size = sizeof address;
    auto* const plain = reinterpret_cast<sockaddr*>(&address);
    const bool got = ::bind(socket, plain, size) == 0 && ::getsockname(socket, plain, &size) == 0;
    ::close(socket);
    return got ? ::ntohs(address.sin_port) : -1;
}

bool Listens(int port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = OnThisMachine(port);
    const bool listens =
        ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    ::close(socket);
    return listens;
}

int PortOf(const std::string& address) {
    const auto colon = address.rfind(':');
    return colon == std::string::npos ? 0 : std::atoi(address.c_str() + colon + 1);
}

}  // namespace

DemoProvider::DemoProvider(const HostSetup& setup) : folder_(FolderIn(setup.config.data_dir)) {
    if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
    fs::create_directories(folder_);
    Lock();
    WriteMerchants(setup);
    // The same as before, so that a page that somebody has open goes on.
    for (int wanted = PortOf(FirstLineOf(folder_ / "address")), trial = 0; trial < 3;
         wanted = 0, ++trial) {
        int port = Reserve(wanted);
        if (port < 0) port = Reserve(0);
        if (!StartOn(port)) continue;
        WriteSecretly(folder_ / "address", fmt::format("http://127.0.0.1:{}\n", port));
        return;
    }
    throw std::runtime_error(
        fmt::format("The demo's provider does not start; see {}", (folder_ / "log").string()));
}

DemoProvider::~DemoProvider() {
    program_.reset();
    if (lock_ >= 0) ::close(lock_);
}

void DemoProvider::Lock() {
    const fs::path path = folder_ / "lock";
    lock_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock_ < 0) throw std::runtime_error(fmt::format("{} cannot be written", path.string()));
    if (::flock(lock_, LOCK_EX | LOCK_NB) != 0)
        throw std::runtime_error(
            fmt::format("Another portal runs in {}; end it first, or choose another folder by "
                        "--data.",
                        folder_.parent_path().string()));
}

void DemoProvider::WriteMerchants(const HostSetup& setup) const {
    const std::string origin = PublicOrigin(setup.config.listen);
    std::string lines;
    for (const auto& entry : fs::directory_iterator(setup.config.tenants_dir)) {
        const auto tenant = ReadDemoTenant(entry.path() / "tenant.yaml");
        if (!tenant) continue;
        const std::string id = entry.path().filename().string();
        std::string url = origin + "/hooks/" + tenant->instance;
        url.replace(url.find("{host}"), 6, tenant->host);
        lines += fmt::format("{},{},{},{}\n", id, KeyOf(setup.secrets_dir(), id, kApiKey),
                             KeyOf(setup.secrets_dir(), id, kHookKey), url);
    }
    WriteSecretly(folder_ / "merchants", lines);
}

bool DemoProvider::StartOn(int port) {
    const fs::path program =
        fs::read_symlink("/proc/self/exe").parent_path() / "livery-sandbox-provider";
    process::Command command;
    command.argv = {program.string(),
                    "--data",
                    folder_.string(),
                    "--port",
                    std::to_string(port),
                    "--merchants",
                    (folder_ / "merchants").string(),
                    "--dies-with-parent"};
    command.log_path = (folder_ / "log").string();
    program_.reset();
    program_ = std::make_unique<process::Supervisor>(process::Supervisor::Options{
        "livery-sandbox-provider", [command] { return command; },
        [](const std::string& what) {
            log::Write(log::Level::kError, "demo.provider", {{"what", what}});
        }});
    for (int tenths = 0; tenths < 100 && program_->restarts() == 0; ++tenths) {
        if (Listens(port)) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    return false;
}

gateways::DemoSettings DemoSettingsIn(const fs::path& data_folder) {
    return [file = FolderIn(data_folder) /
                   "address"](const TenantId& tenant) -> std::optional<nlohmann::json> {
        const std::string address = FirstLineOf(file);
        if (address.empty()) return std::nullopt;
        return nlohmann::json{{"base_url", address},
                              {"merchant", tenant.value()},
                              {"api_key", kApiKey},
                              {"hook_key", kHookKey}};
    };
}

}  // namespace livery::cli
