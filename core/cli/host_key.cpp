#include <fstream>
#include <stdexcept>

#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <unistd.h>

#include "cli/runtime.h"

namespace livery::cli {

namespace fs = std::filesystem;

// 32 random bytes, made once per data folder; readable by us alone.
std::string HostKey(const HostSetup& setup) {
    const fs::path path = fs::path(setup.config.data_dir) / "host.key";
    if (!fs::exists(path)) {
        std::string key(32, '\0');
        randombytes_buf(key.data(), key.size());
        const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (file < 0 || ::write(file, key.data(), key.size()) != static_cast<ssize_t>(key.size())) {
            throw std::runtime_error(fmt::format("{} cannot be written", path.string()));
        }
        ::close(file);
    }
    std::ifstream in(path, std::ios::binary);
    std::string key((std::istreambuf_iterator<char>(in)), {});
    if (key.size() != 32)
        throw std::runtime_error(fmt::format(
            "{} is damaged; bring it back from a backup (a new one signs nobody out, but "
            "nobody's authenticator app works with it)",
            path.string()));
    return key;
}

}  // namespace livery::cli
