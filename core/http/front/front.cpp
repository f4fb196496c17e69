#include "http/front/front.h"

#include <cerrno>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <system_error>
#include <thread>

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <netdb.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "process/account.h"
#include "process/supervisor.h"

namespace livery::http {

namespace {

namespace fs = std::filesystem;

constexpr const char* kNginx = "/usr/sbin/nginx";
constexpr const char* kWorkerUser = "www-data";

std::string ReadFile(const fs::path& path) {
    std::ifstream file(path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

// Readable by us alone: it holds the front's secret.
void WriteSecretFile(const std::string& path, const std::string& text) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) throw std::system_error(errno, std::generic_category(), path);
    const ssize_t written = ::write(file, text.data(), text.size());
    ::close(file);
    if (written != static_cast<ssize_t>(text.size()))
        throw std::runtime_error("cannot write " + path);
}

// True when any user may pass through every folder down to `path`.
bool OpenToAll(const std::string& path) {
    for (fs::path at = fs::absolute(path); at != at.root_path(); at = at.parent_path()) {
        struct stat status {};
        if (::stat(at.c_str(), &status) != 0 || (status.st_mode & S_IXOTH) == 0) return false;
    }
    return true;
}

std::string WorkerUser(const FrontConfig& config, const Front::Report& report) {
    if (::geteuid() != 0) return "";
    const bool reachable =
        OpenToAll(config.folder) && (config.static_root.empty() || OpenToAll(config.static_root));
    if (process::FindAccount(kWorkerUser) && reachable) return kWorkerUser;
    report(fmt::format("the front's workers run as root, because user {} cannot reach {} {}",
                       kWorkerUser, config.folder, config.static_root));
    return "root root";
}

std::vector<std::string> CommandLine(const std::string& folder, const std::string& file) {
    return {kNginx, "-p", folder, "-c", file, "-e", folder + "/error.log"};
}

// What nginx says against the configuration; empty when it has nothing.
std::string Complaint(const std::string& folder, const std::string& file) {
    const std::string log = folder + "/check.log";
    fs::remove(log);
    auto argv = CommandLine(folder, file);
    argv.emplace_back("-t");
    auto check = process::ChildProcess::Start({argv, log, ""});
    const auto status = check.WaitFor(std::chrono::seconds(20));
    if (status && *status == 0) return "";
    const std::string words = ReadFile(log);
    return words.empty() ? "nginx does not answer" : words;
}

bool Accepts(const std::string& address, int port) {
    const bool v6 = address.starts_with('[');
    // A wildcard is tried on loopback.
    const std::string host =
        v6 ? address.substr(1, address.size() - 2) : (address == "0.0.0.0" ? "127.0.0.1" : address);
    addrinfo hints{};
    hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found) != 0)
        return false;
    const int socket = ::socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const bool accepted = ::connect(socket, found->ai_addr, found->ai_addrlen) == 0;
    ::close(socket);
    ::freeaddrinfo(found);
    return accepted;
}

}  // namespace

Front::Front(FrontConfig config, Report report)
    : config_(std::move(config)), report_(std::move(report)) {
    const std::string& folder = config_.folder;
    fs::create_directories(folder + "/temp");
    // Passable, not readable: the workers reach their temporary files in it.
    ::chmod(folder.c_str(), 0711);
    ::chmod((folder + "/temp").c_str(), 0711);
    fs::remove(folder + "/nginx.pid");
    config_.worker_user = WorkerUser(config_, report_);
    const std::string file = folder + "/nginx.conf";
    WriteSecretFile(file, NginxConfig(config_));
    if (const std::string words = Complaint(folder, file); !words.empty()) {
        throw std::runtime_error("the front's configuration is refused: " + words);
    }
    process::Supervisor::Options options;
    options.name = "nginx";
    options.command = [folder, file] {
        return process::Command{CommandLine(folder, file), folder + "/output.log", ""};
    };
    options.report = report_;
    options.stop_signal = SIGQUIT;
    supervisor_ = std::make_unique<process::Supervisor>(std::move(options));
    WaitUntilReady();
}

Front::~Front() { Stop(); }

// Ready: nginx wrote its process number, which it does after it has bound its ports (so whoever
// accepts is not somebody else), and the port accepts.
void Front::WaitUntilReady() {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (std::chrono::steady_clock::now() < deadline && supervisor_->restarts() == 0) {
        const pid_t pid = supervisor_->pid();
        const std::string written = ReadFile(config_.folder + "/nginx.pid");
        if (pid > 0 && written == fmt::format("{}\n", pid) &&
            Accepts(config_.address, config_.port)) {
            return;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    supervisor_->Stop();
    throw std::runtime_error(fmt::format("the front cannot listen on {}:{}: {}", config_.address,
                                         config_.port, ReadFile(config_.folder + "/error.log")));
}

Result<void> Front::Reload(FrontConfig config) {
    config.folder = config_.folder;
    config.worker_user = WorkerUser(config, report_);
    const std::string candidate = config.folder + "/nginx.conf.new";
    WriteSecretFile(candidate, NginxConfig(config));
    if (const std::string words = Complaint(config.folder, candidate); !words.empty()) {
        return Error{ErrorCode::kInvalidArgument, words, {}};
    }
    fs::rename(candidate, config.folder + "/nginx.conf");
    config_ = std::move(config);
    supervisor_->Signal(SIGHUP);
    return {};
}

void Front::Stop() { supervisor_->Stop(); }

int Front::restarts() const { return supervisor_->restarts(); }

}  // namespace livery::http
