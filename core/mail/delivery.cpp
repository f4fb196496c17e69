#include "mail/delivery.h"

#include <algorithm>
#include <stdexcept>

#include <livery/db/failure.h>

#include "log/log.h"
#include "mail/outbox_repository.h"

namespace livery::mail {

namespace {

// 1, 2, 4 … minutes, at most six hours: while it waits, and as the lease of the one who sends.
std::chrono::minutes PauseAfter(int tries) {
    return std::min<std::chrono::minutes>(std::chrono::minutes(1 << std::min(tries, 9)),
                                          std::chrono::hours(6));
}

constexpr int kTriesForFile = 5;

}  // namespace

Delivery::Delivery(db::MariadbDatabase& database, const Clock& clock, Transport& transport,
                   MakeFile make_file)
    : database_(database),
      clock_(clock),
      transport_(transport),
      make_file_(std::move(make_file)),
      thread_([this] { Run(); }) {}

Delivery::~Delivery() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    stop_.notify_all();
    thread_.join();
}

int Delivery::Deliver() {
    int sent = 0;
    for (const DueMessage& due : OutboxRepository::ListDue(database_, clock_.Now()))
        sent += DeliverOne(due) ? 1 : 0;
    return sent;
}

// Half an hour is waited for a file; then the letter, which is all that somebody hears, goes alone.
void Delivery::Send(const DueMessage& due, Message message) {
    if (!message.enclosed.file.empty()) {
        auto file = make_file_(due.tenant, message.enclosed);
        if (!file && due.tries < kTriesForFile)
            throw std::runtime_error("its file: " + file.error().message);
        if (file)
            message.file = *std::move(file);
        else
            log::Write(log::Level::kError, "mail.without_file",
                       {{"tenant", due.tenant.value()},
                        {"id", message.id},
                        {"what", file.error().message}});
    }
    transport_.Send(message);
}

bool Delivery::DeliverOne(const DueMessage& due) {
    std::optional<Message> message;
    database_.Transact(due.tenant, [&](db::Transaction& tx) {
        message.reset();
        if (OutboxRepository::Claim(tx, due, clock_.Now() + PauseAfter(due.tries)))
            message = OutboxRepository::Find(tx, due.id);
    });
    if (!message) return false;
    try {
        Send(due, *message);
    } catch (const std::exception& failure) {
        log::Write(log::Level::kWarn, "mail.not_sent",
                   {{"tenant", due.tenant.value()}, {"id", message->id}, {"what", failure.what()}});
        return false;
    }
    database_.Transact(due.tenant, [&](db::Transaction& tx) {
        OutboxRepository::MarkSent(tx, due.id, clock_.Now());
    });
    log::Write(log::Level::kInfo, "mail.sent",
               {{"tenant", due.tenant.value()}, {"id", message->id}});
    return true;
}

void Delivery::Run() {
    constexpr std::chrono::milliseconds kEvery{500};
    std::unique_lock lock(mutex_);
    while (!stop_.wait_for(lock, kEvery, [this] { return stopping_; })) {
        lock.unlock();
        try {
            Deliver();
        } catch (const std::exception& failure) {
            log::Write(log::Level::kWarn, "mail.round_failed", {{"what", failure.what()}});
        }
        lock.lock();
    }
}

}  // namespace livery::mail
