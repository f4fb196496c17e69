#include "pdf/worker_renderer.h"

#include <algorithm>
#include <system_error>

#include <fmt/format.h>
#include <signal.h>

#include "log/log.h"
#include "pdf/document_check.h"
#include "pdf/wire.h"

namespace livery::pdf {

namespace {

Error Unavailable(std::string why) { return {ErrorCode::kUnavailable, std::move(why), {}}; }

}  // namespace

WorkerRenderer::WorkerRenderer(Options options) : options_(std::move(options)) {}

WorkerRenderer::~WorkerRenderer() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
}

Result<std::string> WorkerRenderer::Render(const Document& document) {
    LIVERY_TRY(CheckDocument(document));
    const auto job = std::make_shared<Job>();
    job->request = EncodeDocument(document);
    std::unique_lock lock(mutex_);
    if (waiting_.size() >= options_.most_waiting) return Unavailable("too many documents wait");
    if (!thread_.joinable()) thread_ = std::thread([this] { Run(); });
    waiting_.push_back(job);
    changed_.notify_all();
    if (!changed_.wait_for(lock, options_.wait_limit, [&] { return job->begun; })) {
        std::erase(waiting_, job);
        return Unavailable("other documents take too long");
    }
    // Two tries, each with its limit, so this ends.
    changed_.wait(lock, [&] { return job->answer.has_value(); });
    return std::move(*job->answer);
}

void WorkerRenderer::Run() {
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
        if (stopping_) break;
        const std::shared_ptr<Job> job = waiting_.front();
        waiting_.pop_front();
        job->begun = true;
        changed_.notify_all();
        lock.unlock();
        Result<std::string> answer = Exchange(job->request);
        lock.lock();
        job->answer = std::move(answer);
        changed_.notify_all();
    }
    lock.unlock();
    Drop();
}

void WorkerRenderer::Start() {
    auto [ours, theirs] = process::Channel::Pair();
    process::Command command{options_.argv, "", "", theirs.descriptor()};
    worker_ =
        std::make_unique<Worker>(Worker{process::ChildProcess::Start(command), std::move(ours)});
    pid_ = worker_->process.pid();
    ++starts_;
}

void WorkerRenderer::Drop() {
    pid_ = 0;
    worker_.reset();
}

Result<std::string> WorkerRenderer::Exchange(const std::string& request) {
    constexpr int kTries = 2;
    try {
        // One that died while there was nothing to do costs no try.
        if (worker_ && !worker_->process.Running()) Drop();
        for (int i = 0; i < kTries; ++i) {
            if (!worker_) Start();
            if (auto answer = Try(request)) return std::move(*answer);
        }
        return Unavailable("livery-pdf fails on this document");
    } catch (const std::system_error& failure) {
        Drop();
        return Unavailable(fmt::format("livery-pdf does not start: {}", failure.what()));
    }
}

// Nullopt when the process died or hung; it is gone then.
std::optional<Result<std::string>> WorkerRenderer::Try(const std::string& request) {
    const auto deadline = process::Channel::Clock::now() + options_.time_limit;
    std::string reply;
    process::Channel::Outcome outcome = worker_->channel.Send(request, deadline);
    if (outcome == process::Channel::Outcome::kDone)
        outcome = worker_->channel.Receive(reply, deadline);
    if (outcome == process::Channel::Outcome::kDone) {
        if (auto answer = DecodeAnswer(reply)) return answer;
    }
    const bool hung = outcome == process::Channel::Outcome::kTimedOut;
    const int status = worker_->process.Stop(SIGKILL, std::chrono::seconds(5));
    log::Write(
        log::Level::kWarn, "pdf.worker_lost",
        {{"what", hung ? std::string("did not answer in time") : process::DescribeStatus(status)}});
    Drop();
    return std::nullopt;
}

}  // namespace livery::pdf
