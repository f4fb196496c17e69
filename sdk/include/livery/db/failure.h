#pragma once

#include <stdexcept>

namespace livery::db {

// The server refused or failed. `what()` holds the statement's name and the error number, never a
// value: it may be logged.
class Failure : public std::runtime_error {
 public:
    Failure(const std::string& what, unsigned error_number)
        : std::runtime_error(what), error_number_(error_number) {}
    ~Failure() override;
    unsigned error_number() const { return error_number_; }

 private:
    unsigned error_number_;
};

// 1062: a UNIQUE key holds that value already. A business answer, so callers may catch it.
class DuplicateKey final : public Failure {
 public:
    using Failure::Failure;
    ~DuplicateKey() override;
};

// The connection broke while COMMIT was under way: it may have happened or not.
class CommitUnknown final : public Failure {
 public:
    using Failure::Failure;
    ~CommitUnknown() override;
};

// No connection within the deadline: server down or pool exhausted.
class Unavailable final : public Failure {
 public:
    using Failure::Failure;
    ~Unavailable() override;
};

}  // namespace livery::db
