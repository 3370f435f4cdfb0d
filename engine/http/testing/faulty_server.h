// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Runs faulty_server.py beside this file for the time of a test.
//
//   FaultyServer server;
//   options.url = server.Url("busy");      // http://127.0.0.1:40123/busy: answers 429 at first
//   server.Log() == R"([{"path": "/busy/v1/embeddings", "texts": ["We deny it."], "model": "m", "key": ""}])"
#ifndef NARRDIFF_ENGINE_HTTP_TESTING_FAULTY_SERVER_H_
#define NARRDIFF_ENGINE_HTTP_TESTING_FAULTY_SERVER_H_

#include <sys/types.h>

#include <string>
#include <string_view>

namespace narrdiff {

class FaultyServer {
 public:
  // Fails the test where the server does not start.
  FaultyServer();
  ~FaultyServer();
  FaultyServer(const FaultyServer&) = delete;
  FaultyServer& operator=(const FaultyServer&) = delete;

  // The URL of a server that goes wrong in the named way.
  std::string Url(std::string_view way) const;
  // What it was asked since the last call: a JSON list.
  std::string Log() const;
  // Ends the server; its URLs stay, and nobody answers there.
  void Stop();

 private:
  int in_ = -1;  // closing it ends the server
  pid_t process_ = 0;
  int port_ = 0;
};

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_HTTP_TESTING_FAULTY_SERVER_H_
