#include "sandbox/ledger/ledger.h"

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

namespace livery::sandbox {

namespace {

[[noreturn]] void Fail(const std::string& what) {
    throw std::system_error(errno, std::generic_category(), what);
}

// A new file is on the disk only when its folder is.
void SyncFolder(const std::string& path) {
    const int folder = ::open(std::filesystem::path(path).parent_path().c_str(),
                              O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0 || ::fsync(folder) != 0) Fail("the folder of " + path);
    ::close(folder);
}

}  // namespace

Ledger::Ledger(std::string path, const std::function<void(std::string_view)>& read)
    : path_(std::move(path)),
      file_(::open(path_.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600)) {
    if (file_ < 0) Fail(path_);
    try {
        if (::flock(file_, LOCK_EX | LOCK_NB) != 0) Fail(path_ + " is used by another process");
        Replay(read);
        SyncFolder(path_);
    } catch (...) {
        ::close(file_);
        throw;
    }
}

Ledger::~Ledger() { ::close(file_); }

void Ledger::Replay(const std::function<void(std::string_view)>& read) {
    std::ostringstream text;
    text << std::ifstream(path_, std::ios::binary).rdbuf();
    const std::string bytes = text.str();
    std::size_t begin = 0;
    for (int number = 1; begin < bytes.size(); ++number) {
        const std::size_t end = bytes.find('\n', begin);
        if (end == std::string::npos) break;
        try {
            read(std::string_view(bytes).substr(begin, end - begin));
        } catch (const std::exception& failure) {
            throw std::runtime_error(fmt::format("{}:{}: {}", path_, number, failure.what()));
        }
        begin = end + 1;
    }
    if (begin == bytes.size()) return;
    if (::ftruncate(file_, static_cast<off_t>(begin)) != 0 || ::fsync(file_) != 0) Fail(path_);
}

void Ledger::Append(std::string line) {
    line += '\n';
    for (std::string_view rest = line; !rest.empty();) {
        const ssize_t written = ::write(file_, rest.data(), rest.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) Fail(path_);
        rest.remove_prefix(static_cast<std::size_t>(written));
    }
    if (::fdatasync(file_) != 0) Fail(path_);
}

}  // namespace livery::sandbox
