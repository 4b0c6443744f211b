package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// debian makes sure that a program is here, by installing its package where that is allowed.
func (b *bench) debian(ctx context.Context, program, pkg string) error {
	if _, err := exec.LookPath(program); err == nil {
		return nil
	}
	if !b.install {
		return fmt.Errorf("%s is not here; install the package %s", program, pkg)
	}
	if _, err := exec.LookPath("apt-get"); err != nil {
		return fmt.Errorf("%s is not here and this is no Debian", program)
	}
	install := exec.CommandContext(ctx, "apt-get", "install", "-y", "--no-install-recommends", pkg)
	install.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive")
	if err := tell(install); err != nil {
		if err := tell(exec.CommandContext(ctx, "apt-get", "update")); err != nil {
			return lastLine(err)
		}
		again := exec.CommandContext(ctx, install.Args[0], install.Args[1:]...)
		again.Env = install.Env
		if err := tell(again); err != nil {
			return lastLine(err)
		}
	}
	_, err := exec.LookPath(program)
	return err
}

// python is an interpreter that has a package, in an environment of its own below the work folder.
func (b *bench) python(ctx context.Context, pkg string) (string, error) {
	if err := b.debian(ctx, "python3", "python3"); err != nil {
		return "", err
	}
	if pkg == "" {
		return exec.LookPath("python3")
	}
	if exec.CommandContext(ctx, "python3", "-c", "import "+pkg).Run() == nil {
		return exec.LookPath("python3")
	}
	if !b.install {
		return "", fmt.Errorf("python3 has no %s; install it", pkg)
	}
	home := b.file("python")
	interpreter := home + "/bin/python"
	if _, err := os.Stat(interpreter); err != nil {
		if err := tell(exec.CommandContext(ctx, "python3", "-m", "venv", home)); err != nil {
			return "", lastLine(err)
		}
	}
	err := tell(exec.CommandContext(ctx, interpreter, "-m", "pip", "install", "--quiet",
		"--disable-pip-version-check", pkg))
	if err != nil {
		return "", lastLine(err)
	}
	return interpreter, nil
}

// lastLine keeps what installers say at the end.
func lastLine(err error) error {
	text := err.Error()
	return fmt.Errorf("%s", text[strings.LastIndexByte(text, '\n')+1:])
}
