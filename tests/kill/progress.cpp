#include "progress.h"

#include <new>
#include <system_error>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace livery::kills {

SharedProgress::SharedProgress(const std::string& file) {
    const int opened = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (opened < 0 || ::ftruncate(opened, sizeof(Progress)) != 0)
        throw std::system_error(errno, std::generic_category(), file);
    void* memory = ::mmap(nullptr, sizeof(Progress), PROT_READ | PROT_WRITE, MAP_SHARED, opened, 0);
    ::close(opened);
    if (memory == MAP_FAILED) throw std::system_error(errno, std::generic_category(), file);
    // A new file is zeros, which is a Progress that starts.
    progress_ = static_cast<Progress*>(memory);
}

SharedProgress::~SharedProgress() { ::munmap(progress_, sizeof(Progress)); }

void WatchedDatabase::Transact(const TenantId& tenant,
                               const std::function<void(db::Transaction&)>& work) {
    database_.Transact(tenant, [&](db::Transaction& tx) {
        progress_->state = Progress::State::kWorking;
        work(tx);
        progress_->state = Progress::State::kCommitting;
    });
    ++progress_->commits;
    progress_->state = Progress::State::kBetween;
}

}  // namespace livery::kills
