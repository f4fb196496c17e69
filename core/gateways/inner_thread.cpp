#include "gateways/inner_thread.h"

#include <condition_variable>
#include <exception>
#include <mutex>
#include <utility>

namespace livery::gateways {

namespace {

using Answer = GatewayInstance::Answer;

// What the gateway wants of the host. Stands on the gateway's stack, which waits until it is done.
struct Wish {
    std::function<std::int32_t(ServiceDesk&)> what;
    std::int32_t code = LIVERY_REFUSED;
    bool done = false;
};

void Fulfil(Wish& wish, ServiceDesk& desk) {
    try {
        wish.code = wish.what(desk);
    } catch (const std::exception&) {
        // The gateway waits for it: it must come to an end.
        wish.code = LIVERY_REFUSED;
    }
}

Answer AnswerOf(const InnerThread::Work& work, ServiceDesk& desk) {
    try {
        return work(desk);
    } catch (const std::exception& thrown) {
        return {LIVERY_PLUGIN_FAULT, thrown.what()};
    } catch (...) {
        return {LIVERY_PLUGIN_FAULT, "it threw something"};
    }
}

constexpr std::chrono::seconds kUntilLeft{1};

}  // namespace

// Of both sides; lives as long as the longer of them.
struct InnerThread::State {
    mutable std::mutex mutex;  // guards those below
    std::condition_variable changed;
    Work work;
    Wish* wish = nullptr;  // that nobody has looked at
    std::optional<Answer> answer;
    bool ends = false;      // nothing more will be asked
    bool given_up = false;  // nobody waits for the answer
    bool ended = false;
};

class InnerThread::Desk final : public ServiceDesk {
 public:
    explicit Desk(State& state) : state_(state) {}

    std::int32_t Serve(std::string_view service, std::string_view request,
                       std::string& answer) override {
        return Ask([&](ServiceDesk& desk) { return desk.Serve(service, request, answer); });
    }
    void Log(int level, std::string_view line) override {
        Ask([&](ServiceDesk& desk) {
            desk.Log(level, line);
            return LIVERY_OK;
        });
    }

 private:
    std::int32_t Ask(std::function<std::int32_t(ServiceDesk&)> what) {
        Wish wish{std::move(what)};
        std::unique_lock lock(state_.mutex);
        if (state_.given_up) return LIVERY_DEADLINE;
        state_.wish = &wish;
        state_.changed.notify_all();
        state_.changed.wait(lock, [&] { return wish.done || state_.given_up; });
        return wish.done ? wish.code : LIVERY_DEADLINE;
    }

    State& state_;
};

InnerThread::InnerThread(std::shared_ptr<void> owned)
    : state_(std::make_shared<State>()),
      thread_(
          [state = state_, owned = std::move(owned)]() mutable { Run(state, std::move(owned)); }) {}

InnerThread::~InnerThread() {
    std::unique_lock lock(state_->mutex);
    state_->ends = true;
    state_->changed.notify_all();
    // One that is given up comes back when it likes.
    const bool ended = state_->changed.wait_for(
        lock, given_up_ ? std::chrono::seconds(0) : kUntilLeft, [&] { return state_->ended; });
    lock.unlock();
    ended ? thread_.join() : thread_.detach();
}

void InnerThread::Run(const std::shared_ptr<State>& state, std::shared_ptr<void> owned) {
    Desk desk(*state);
    std::unique_lock lock(state->mutex);
    while (!state->given_up) {
        state->changed.wait(lock, [&] { return state->work || state->ends; });
        if (!state->work) break;
        Work work = std::exchange(state->work, nullptr);
        lock.unlock();
        Answer answer = AnswerOf(work, desk);
        lock.lock();
        state->answer = std::move(answer);
        state->changed.notify_all();
    }
    lock.unlock();
    owned.reset();
    lock.lock();
    state->ended = true;
    state->changed.notify_all();
}

std::optional<Answer> InnerThread::Do(Work work, Clock::time_point deadline, ServiceDesk& desk) {
    State& state = *state_;
    std::unique_lock lock(state.mutex);
    state.work = std::move(work);
    state.changed.notify_all();
    const auto something = [&] { return state.answer || state.wish != nullptr; };
    while (state.changed.wait_until(lock, deadline, something)) {
        if (state.answer) return std::exchange(state.answer, std::nullopt);
        if (Clock::now() >= deadline) break;
        Wish& wish = *std::exchange(state.wish, nullptr);
        lock.unlock();
        Fulfil(wish, desk);
        lock.lock();
        wish.done = true;
        state.changed.notify_all();
    }
    given_up_ = state.given_up = true;
    state.changed.notify_all();
    return std::nullopt;
}

bool InnerThread::Stuck() const {
    const std::lock_guard lock(state_->mutex);
    return state_->given_up && !state_->ended;
}

}  // namespace livery::gateways
