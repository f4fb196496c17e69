#pragma once

#include <atomic>

#include <livery/ids.h>
#include <livery/time/clock.h>

namespace livery::adapters {

// The host's own source of time or ids, unless a generator of demo data has put another in its
// place. Everything that was given a reference follows. Thread: any; one borrower at a time.
template <class Source>
class Switchable : public Source {
 public:
    // Puts another in its place for as long as this lives, whatever ends it.
    class Borrowed {
     public:
        Borrowed(Switchable& owner, Source& other) : owner_(owner) { owner_.other_ = &other; }
        ~Borrowed() { owner_.other_ = nullptr; }
        Borrowed(const Borrowed&) = delete;
        Borrowed& operator=(const Borrowed&) = delete;

     private:
        Switchable& owner_;
    };

 protected:
    // The borrower's, or nullptr.
    Source* other() const { return other_.load(); }

 private:
    std::atomic<Source*> other_{nullptr};
};

class SwitchableClock final : public Switchable<Clock> {
 public:
    explicit SwitchableClock(const Clock& own) : own_(own) {}
    Instant Now() const override {
        const Clock* borrowed = other();
        return borrowed == nullptr ? own_.Now() : borrowed->Now();
    }

 private:
    const Clock& own_;
};

class SwitchableIdSource final : public Switchable<IdSource> {
 public:
    explicit SwitchableIdSource(IdSource& own) : own_(own) {}
    Uuid Next() override {
        IdSource* borrowed = other();
        return borrowed == nullptr ? own_.Next() : borrowed->Next();
    }

 private:
    IdSource& own_;
};

}  // namespace livery::adapters
