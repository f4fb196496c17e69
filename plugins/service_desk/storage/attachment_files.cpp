#include "storage/attachment_files.h"

#include <cerrno>
#include <random>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace livery::service_desk {

namespace fs = std::filesystem;

namespace {

// What a file is called that is on its way out.
constexpr const char* kLeaving = ".leaving";
constexpr std::size_t kHashLetters = 64;

[[noreturn]] void Fail(const char* what) {
    throw std::system_error(errno, std::generic_category(), what);
}

class Descriptor {
 public:
    Descriptor(const fs::path& path, int flags)
        : fd_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {}
    ~Descriptor() {
        if (fd_ >= 0) ::close(fd_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    bool open() const { return fd_ >= 0; }
    int get() const { return fd_; }
    // What a network's file system could not write it may say only now.
    bool Close() { return ::close(std::exchange(fd_, -1)) == 0; }

 private:
    int fd_;
};

void SyncFolder(const fs::path& folder) {
    const Descriptor opened(folder, O_RDONLY | O_DIRECTORY);
    if (!opened.open() || ::fsync(opened.get()) != 0) Fail("the folder of attachments");
}

// Each level of it is on the disk, too.
void MakeFolder(const fs::path& folder) {
    if (fs::is_directory(folder)) return;
    MakeFolder(folder.parent_path());
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) Fail("a folder of attachments");
    SyncFolder(folder.parent_path());
}

void WriteAll(int file, std::string_view content) {
    while (!content.empty()) {
        const ssize_t size = ::write(file, content.data(), content.size());
        if (size < 0 && errno == EINTR) continue;
        if (size <= 0) Fail("an attachment");
        content.remove_prefix(static_cast<std::size_t>(size));
    }
}

// A file that is gone again unless it got its name.
class Unfinished {
 public:
    explicit Unfinished(const fs::path& folder) {
        // Hosts that share the folder, each in a container, may have one process id.
        thread_local std::random_device random;
        path_ = folder / fmt::format(".new-{:08x}{:08x}", random(), random());
    }
    ~Unfinished() {
        if (!path_.empty()) ::unlink(path_.c_str());
    }
    Unfinished(const Unfinished&) = delete;
    Unfinished& operator=(const Unfinished&) = delete;

    void Write(std::string_view content) const {
        Descriptor file(path_, O_WRONLY | O_CREAT | O_EXCL);
        if (!file.open()) Fail("an attachment");
        WriteAll(file.get(), content);
        if (::fsync(file.get()) != 0 || !file.Close()) Fail("an attachment");
    }
    void Name(const fs::path& name) {
        if (::rename(path_.c_str(), name.c_str()) != 0) Fail("an attachment");
        path_.clear();
    }

 private:
    fs::path path_;
};

std::optional<Instant> WrittenAt(const fs::path& file) {
    struct stat facts {};
    if (::stat(file.c_str(), &facts) != 0) return std::nullopt;
    return Instant(std::chrono::duration_cast<Instant::duration>(
        std::chrono::seconds(facts.st_mtim.tv_sec) +
        std::chrono::nanoseconds(facts.st_mtim.tv_nsec)));
}

bool IsOld(const fs::path& file, Instant limit) {
    const auto at = WrittenAt(file);
    return at && *at < limit;
}

std::optional<std::string> ContentOf(const fs::path& path) {
    const Descriptor file(path, O_RDONLY);
    if (!file.open()) {
        if (errno == ENOENT) return std::nullopt;
        Fail("an attachment");
    }
    struct stat facts {};
    if (::fstat(file.get(), &facts) != 0) Fail("an attachment");
    std::string content(static_cast<std::size_t>(facts.st_size), '\0');
    for (std::size_t at = 0; at < content.size();) {
        const ssize_t size = ::read(file.get(), content.data() + at, content.size() - at);
        if (size < 0 && errno == EINTR) continue;
        if (size <= 0) Fail("an attachment");
        at += static_cast<std::size_t>(size);
    }
    return content;
}

std::vector<fs::path> FilesIn(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code none;
    for (fs::recursive_directory_iterator at(folder, none), end; at != end; at.increment(none)) {
        if (at->is_regular_file(none)) files.push_back(at->path());
    }
    return files;
}

}  // namespace

fs::path AttachmentFiles::FolderOf(const TenantId& tenant, const std::string& sha256) const {
    return root_ / tenant.value() / sha256.substr(0, 2);
}

void AttachmentFiles::Keep(const TenantId& tenant, const std::string& sha256,
                           std::string_view content) const {
    const fs::path folder = FolderOf(tenant, sha256);
    const fs::path name = folder / sha256;
    MakeFolder(folder);
    if (::utimensat(AT_FDCWD, name.c_str(), nullptr, 0) != 0) {
        if (errno != ENOENT) Fail("an attachment");
        Unfinished file(folder);
        file.Write(content);
        file.Name(name);
    }
    // Somebody else may have named it a moment ago.
    SyncFolder(folder);
}

std::optional<std::string> AttachmentFiles::Read(const TenantId& tenant,
                                                 const std::string& sha256) const {
    const fs::path name = FolderOf(tenant, sha256) / sha256;
    fs::path leaving = name;
    leaving += kLeaving;
    // It may be looked at by a sweep just now, and come back.
    for (const fs::path& path : {name, leaving, name}) {
        if (auto content = ContentOf(path)) return content;
    }
    return std::nullopt;
}

bool AttachmentFiles::Leave(const fs::path& file, Instant limit, const Named& named) const {
    const std::string hash = file.filename().string().substr(0, kHashLetters);
    const fs::path name = file.parent_path() / hash;
    fs::path leaving = name;
    leaving += kLeaving;
    // Whoever keeps it from here on finds nothing, and writes it anew.
    if (file != leaving && ::rename(file.c_str(), leaving.c_str()) != 0) return false;
    if (!IsOld(leaving, limit) || named({hash}).contains(hash)) {
        if (::link(leaving.c_str(), name.c_str()) != 0 && errno != EEXIST) return false;
        ::unlink(leaving.c_str());
        return false;
    }
    return ::unlink(leaving.c_str()) == 0;
}

int AttachmentFiles::Sweep(const TenantId& tenant, Instant limit, const Named& named) const {
    int gone = 0;
    std::vector<fs::path> old;
    std::vector<std::string> contents;
    for (const fs::path& file : FilesIn(root_ / tenant.value())) {
        const std::string name = file.filename().string();
        const bool leaving = name.ends_with(kLeaving);
        if (name.starts_with(".")) {
            if (IsOld(file, limit) && ::unlink(file.c_str()) == 0) ++gone;
        } else if (leaving || IsOld(file, limit)) {
            old.push_back(file);
            contents.push_back(name.substr(0, kHashLetters));
        }
    }
    const auto kept = contents.empty() ? std::set<std::string>() : named(contents);
    for (std::size_t i = 0; i < old.size(); ++i) {
        // One that is named but leaving was left so by a sweep that was killed.
        const bool stays = kept.contains(contents[i]) && old[i].filename() == contents[i];
        if (!stays && Leave(old[i], limit, named)) ++gone;
    }
    return gone;
}

}  // namespace livery::service_desk
