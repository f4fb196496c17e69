#include "gateways/secret_store.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace livery::gateways {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMostBytes = 4096;

Error Bad(std::string message) { return {ErrorCode::kInvalidArgument, std::move(message), {}}; }

bool IsName(const std::string& name) {
    constexpr const char* kAllowed =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";
    return !name.empty() && name.size() <= 100 && name.front() != '.' &&
           name.find_first_not_of(kAllowed) == std::string::npos;
}

class File {
 public:
    explicit File(const fs::path& path)
        : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)) {}
    ~File() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    int descriptor() const { return descriptor_; }

 private:
    int descriptor_;
};

// Of what was opened, so that nothing is put in its place between look and reading.
std::string Objection(const File& file, const fs::path& path) {
    struct stat status {};
    if (::fstat(file.descriptor(), &status) != 0 || !S_ISREG(status.st_mode))
        return fmt::format("{} is no file", path.string());
    if (status.st_uid != 0 && status.st_uid != ::geteuid())
        return fmt::format("{} belongs to another user", path.string());
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return fmt::format("{} can be read by others; run chmod 600 on it", path.string());
    return "";
}

}  // namespace

Result<std::string> SecretStore::Read(const TenantId& tenant, const std::string& name) const {
    if (!IsName(name))
        // Somebody may have written the secret itself here.
        return Bad("that is no name of a secret: letters, digits, - _ and .");
    const fs::path path = folder_ / tenant.value() / name;
    const File file(path);
    if (file.descriptor() < 0 && errno == ENOENT)
        return NotFound(fmt::format("there is no file {}; put the secret into it, then chmod 600",
                                    path.string()));
    if (file.descriptor() < 0)
        return Bad(fmt::format("{} cannot be read: {}", path.string(), std::strerror(errno)));
    if (std::string wrong = Objection(file, path); !wrong.empty()) return Bad(std::move(wrong));
    std::string text(kMostBytes + 1, '\0');
    const ssize_t size = ::read(file.descriptor(), text.data(), text.size());
    text.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
    if (text.empty()) return Bad(fmt::format("{} is empty", path.string()));
    if (text.size() > kMostBytes || text.find_first_of(std::string("\r\n\0", 3)) != text.npos)
        return Bad(fmt::format("{} holds more than one line of text", path.string()));
    return text;
}

Result<std::vector<std::string>> SecretStore::Active(const TenantId& tenant,
                                                     const std::string& name) const {
    std::vector<std::string> active{LIVERY_TRY(Read(tenant, name))};
    if (auto previous = Read(tenant, name + ".previous")) active.push_back(*std::move(previous));
    return active;
}

}  // namespace livery::gateways
