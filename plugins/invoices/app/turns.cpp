#include "app/turns.h"

namespace livery::invoices {

void Turns::Await(std::size_t number) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return Comes(number); });
    if (reason_) std::rethrow_exception(reason_);
}

bool Turns::Await(std::size_t number, std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex_);
    const bool came = changed_.wait_for(lock, patience, [&] { return Comes(number); });
    if (reason_) std::rethrow_exception(reason_);
    return came;
}

void Turns::Done() {
    const std::lock_guard lock(mutex_);
    ++done_;
    changed_.notify_all();
}

void Turns::GiveUp(std::exception_ptr reason) {
    const std::lock_guard lock(mutex_);
    if (!reason_) reason_ = std::move(reason);
    changed_.notify_all();
}

}  // namespace livery::invoices
